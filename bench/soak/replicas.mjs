import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { between, pick } from './random.mjs';

const script = fileURLToPath(new URL('replica.mjs', import.meta.url));

/** After this a balancer sends nothing more to a replica that does not answer. */
const NOTICED_MS = 2_000;

/**
 * Server processes on one configuration that may be killed and come back, or stand still. `skewsMs`: how far the clock of each
 * is off. `onLine` hears what they print.
 */
export async function startReplicas(skewsMs, configFile, onLine) {
  const running = await Promise.all(skewsMs.map((skewMs) => startReplica(configFile, skewMs, onLine)));

  async function kill(replica) {
    replica.isKilled = true;
    replica.child.kill('SIGKILL');
    await replica.gone;
  }

  return {
    /** One that runs, or undefined while all are down. */
    any(random) {
      const isNoticed = (frozenAt) => frozenAt !== null && performance.now() - frozenAt > NOTICED_MS;
      const isServing = ({ isKilled, frozenAt }) => !isKilled && !isNoticed(frozenAt);
      return pick(random, running.filter(isServing));
    },

    /** Kills one as a power cut would, and starts it again after a while. */
    async killOne(random) {
      const place = between(random, 0, running.length - 1);
      const downMs = between(random, 50, 1_000);
      await kill(running[place]);
      await sleep(downMs);
      running[place] = await startReplica(configFile, skewsMs[place], onLine);
    },

    /** Stops all threads of one, as a machine that swaps or moves would, and lets it go on. */
    async freezeOne(random, ms) {
      const replica = pick(random, running);
      replica.frozenAt = performance.now();
      replica.child.kill('SIGSTOP');
      await sleep(ms);
      replica.child.kill('SIGCONT');
      replica.frozenAt = null;
      replica.thawedAt = performance.now();
    },

    async stop() {
      await Promise.all(running.map(kill));
    },
  };
}

async function startReplica(configFile, skewMs, onLine) {
  const child = spawn(process.execPath, [script, configFile, String(skewMs)], {
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const replica = { child, gone: once(child, 'exit'), url: '', isKilled: false, frozenAt: null, thawedAt: null };
  const url = new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('http')) resolve(line);
      else onLine(line);
    });
  });
  replica.url = await Promise.race([url, replica.gone.then(() => '')]);
  if (replica.url === '') {
    if (replica.isKilled) return replica;
    throw new Error('A replica ended before it listened.');
  }
  child.once('exit', () => {
    if (!replica.isKilled) onLine('a replica ended by itself');
  });
  return replica;
}
