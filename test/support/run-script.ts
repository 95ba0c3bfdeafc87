import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/**
 * Runs a script of this repository in a process of its own: what computes for minutes takes twice as long in Jest's contexts.
 * Gives its exit status and what it wrote to stdout.
 */
export async function runScript(script: string, ...args: readonly string[]): Promise<{ status: number; said: string }> {
  const child = spawn(process.execPath, ['--import', './scripts/typescript.mjs', script, ...args], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said, [status]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { status: Number(status ?? 1), said };
}
