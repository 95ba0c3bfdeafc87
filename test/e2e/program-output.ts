import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';

/** What a program writes, to both of its streams. */
export interface ProgramOutput {
  /** All of it so far. */
  text(): string;
  /** Waits until it has a match and gives its first group. Throws with all that was written when none comes. */
  find(pattern: RegExp): Promise<string>;
}

const POLL_MS = 25;

/** `name` is what the program is called where it disappoints. */
export function readOutput(
  child: ChildProcessByStdio<null, Readable, Readable>,
  name: string,
  patienceMs: number,
): ProgramOutput {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return {
    text: () => output,
    async find(pattern) {
      const deadline = performance.now() + patienceMs;
      while (performance.now() < deadline) {
        const match = pattern.exec(output);
        if (match) return match[1] ?? match[0];
        if (child.exitCode !== null) break;
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
      throw new Error(`${name} did not write ${pattern.source}, but:\n${output}`);
    },
  };
}
