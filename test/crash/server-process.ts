import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
  /** Resolves once each of these writes stands at its point, `points` by the id of the write; rejects with those not come to. */
  stopped(points: ReadonlyMap<string, string>): Promise<void>;
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
  let hear: () => void = () => {};
  const lines = createInterface({ input: child.stdout });
  const url = new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const [word = '', id = '', ...point] = line.split(' ');
      if (word === 'stopped') standing.add(id);
      else if (word === 'passed') passedBy.set(id, (passedBy.get(id) ?? new Set()).add(point.join(' ')));
      else resolve(line);
      hear();
    });
    child.once('exit', () => {
      reject(new Error('the server process ended'));
      hear();
    });
  });
  return {
    url: await url,
    async stopped(points) {
      const isMissing = () => [...points].filter(([id]) => !standing.has(id)).map(([, point]) => point);
      const tooLate = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      try {
        while (isMissing().length > 0) {
          if (child.exitCode !== null || child.signalCode !== null)
            throw new Error(`no write came to: ${isMissing().join(', ')}`);
          await new Promise<void>((resolve) => {
            hear = resolve;
          });
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
