import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { readOutput } from './program-output.js';

/** The built program, as a person or an orchestrator runs it. */
export interface ServerProcess {
  readonly child: ChildProcess;
  /** All it has written so far. */
  output(): string;
  /** Waits until the output has a match and gives its first group. */
  find(pattern: RegExp): Promise<string>;
  /** Waits for the end: exit status, or the signal that ended it. */
  ended(): Promise<number | string | null>;
  stop(): Promise<void>;
}

const PATIENCE_MS = 180_000;

/** Starts it in `directory`, which holds no configuration by default. Besides `environment` it sees only `PATH`. */
export function startProcess(
  parameters: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
  directory: string = tmpdir(),
): ServerProcess {
  const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
  const child = spawn(process.execPath, [main, ...parameters], {
    cwd: directory,
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { text, find } = readOutput(child, 'The server', PATIENCE_MS);
  const closed = once(child, 'close');

  return {
    child,
    output: text,
    find,
    async ended() {
      await closed;
      return child.exitCode ?? child.signalCode;
    },
    async stop() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
