import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { readOutput } from '../e2e/program-output.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A shell command in the folder of the project, with all that it starts. */
export interface RunningCommand {
  /** Waits until the output has a match and gives its first group. */
  find(pattern: RegExp): Promise<string>;
  /** Waits for its end and gives all it wrote; throws when it failed. */
  result(): Promise<string>;
  stop(): Promise<void>;
}

/** A gateway loads many libraries, and CI is slow. */
const PATIENCE_MS = 120_000;

export function runCommand(command: string, environment: Readonly<Record<string, string>> = {}): RunningCommand {
  // A process group of its own, so that stopping it stops everything below it.
  const child = spawn('sh', ['-c', command], {
    cwd: root,
    env: { ...process.env, ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { text, find } = readOutput(child, `\`${command}\``, PATIENCE_MS);
  const closed = once(child, 'close');

  return {
    find,
    async result() {
      await closed;
      if (child.exitCode !== 0) throw new Error(`\`${command}\` failed:\n${text()}`);
      return text();
    },
    async stop() {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
      await closed;
    },
  };
}

/** Free a moment ago: for programs that cannot tell which port they took. */
export async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no port');
  return String(address.port);
}
