import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

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

const PATIENCE_MS = 60_000;

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
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const closed = once(child, 'close');

  return {
    child,
    output: () => output,
    async find(pattern) {
      const deadline = performance.now() + PATIENCE_MS;
      while (performance.now() < deadline) {
        const match = pattern.exec(output);
        if (match) return match[1] ?? match[0];
        if (child.exitCode !== null) break;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`The server did not write ${pattern.source}, but:\n${output}`);
    },
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
