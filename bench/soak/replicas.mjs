import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { between, pick } from './random.mjs';

const script = fileURLToPath(new URL('replica.mjs', import.meta.url));

/** Server processes on one configuration that may be killed and come back. `onLine` hears what they print. */
export async function startReplicas(count, configFile, onLine) {
  const running = await Promise.all(Array.from({ length: count }, () => startReplica(configFile, onLine)));

  async function kill(replica) {
    replica.isKilled = true;
    replica.child.kill('SIGKILL');
    await replica.gone;
  }

  return {
    /** One that runs, or undefined while all are down. */
    any(random) {
      return pick(
        random,
        running.filter(({ isKilled }) => !isKilled),
      );
    },

    /** Kills one as a power cut would, and starts it again after a while. */
    async killOne(random) {
      const place = between(random, 0, running.length - 1);
      const downMs = between(random, 100, 1_500);
      await kill(running[place]);
      await sleep(downMs);
      running[place] = await startReplica(configFile, onLine);
    },

    async stop() {
      await Promise.all(running.map(kill));
    },
  };
}

async function startReplica(configFile, onLine) {
  const child = spawn(process.execPath, [script, configFile], {
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const replica = { child, gone: once(child, 'exit'), url: '', isKilled: false };
  const url = new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('http')) resolve(line);
      else onLine(line);
    });
  });
  replica.url = await Promise.race([url, replica.gone.then(() => '')]);
  if (replica.url === '') throw new Error('A replica ended before it listened.');
  child.once('exit', () => {
    if (!replica.isKilled) onLine('a replica ended by itself');
  });
  return replica;
}
