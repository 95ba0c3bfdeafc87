import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createKeyedMutex } from '../../src/operations/keyed-mutex.js';

const script = fileURLToPath(new URL('crashing-server.mjs', import.meta.url));

/** Longer than a write may take. */
const PATIENCE_MS = 300_000;

const START_PATIENCE_MS = 1_200_000;
const starts = createKeyedMutex();

export interface ServerProcess {
  readonly url: string;
  /** Resolves once the write with this id stands at its point; rejects when the process ends without it. */
  stopped(id: string, point: string): Promise<void>;
  /** The points a write that stopped nowhere has passed, each once. */
  passed(id: string): readonly string[];
  kill(): Promise<void>;
  /** Stops all its threads, as a machine that sleeps would. */
  freeze(): void;
  /** Wakes it, and lets the writes that stand still go on. */
  thaw(): void;
}

/** One at a time: those that run already must not starve meanwhile. */
export async function startServerProcess(configFile: string): Promise<ServerProcess> {
  const release = await starts.acquire('', { timeoutMs: START_PATIENCE_MS });
  if (!release) throw new Error('no turn came to start a server');
  try {
    return await start(configFile);
  } finally {
    release();
  }
}

async function start(configFile: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, [script, configFile], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone: Promise<unknown> = once(child, 'exit');
  const standing = new Set<string>();
  const passedBy = new Map<string, Set<string>>();
  const heard = new EventEmitter().setMaxListeners(0);
  const lines = createInterface({ input: child.stdout });
  const url = new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const [word = '', id = '', ...point] = line.split(' ');
      if (word === 'stopped') standing.add(id);
      else if (word === 'passed') passedBy.set(id, (passedBy.get(id) ?? new Set()).add(point.join(' ')));
      else resolve(line);
      heard.emit('news');
    });
    child.once('exit', () => {
      reject(new Error('the server process ended'));
      heard.emit('news');
    });
  });
  return {
    url: await url,
    async stopped(id, point) {
      const tooLate = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      try {
        while (!standing.has(id)) {
          if (child.exitCode !== null || child.signalCode !== null) throw new Error(`no write came to ${point}`);
          await once(heard, 'news');
        }
      } finally {
        clearTimeout(tooLate);
      }
    },
    passed: (id) => [...(passedBy.get(id) ?? [])],
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    freeze() {
      child.kill('SIGSTOP');
    },
    thaw() {
      child.kill('SIGCONT');
      child.stdin.write('go on\n');
    },
  };
}
