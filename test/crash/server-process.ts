import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('crashing-server.mjs', import.meta.url));

export interface ServerProcess {
  readonly url: string;
  /** Resolves when the process is gone. */
  readonly gone: Promise<unknown>;
  kill(): Promise<void>;
}

/** Starts a server process that dies at a point of the write protocol, or never. */
export async function startServerProcess(configFile: string, crash: Crash | null): Promise<ServerProcess> {
  const child = spawn(process.execPath, [script, configFile], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      ...(crash && { CRASH_AT: crash.at, CRASH_PASS: String(crash.pass ?? 1) }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone: Promise<unknown> = once(child, 'exit');
  const url = await Promise.race([firstLine(child), ended(gone)]);
  if (url === null) throw new Error('the server process ended before it listened');
  return {
    url,
    gone,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

export interface Crash {
  readonly at: string;
  readonly pass?: number;
}

async function firstLine(child: ChildProcess): Promise<string | null> {
  if (!child.stdout) return null;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('http')) return line;
  }
  return null;
}

async function ended(gone: Promise<unknown>): Promise<null> {
  await gone;
  return null;
}
