import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Runs a Node program beside this one until this one ends. Gives the first group of `ready`, found in a line the
 * program writes once it serves.
 */
export function startProgram(command, ready, environment = {}) {
  const child = spawn(process.execPath, command, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill());

  return new Promise((resolve, reject) => {
    const written = [];
    createInterface(child.stdout).on('line', (line) => {
      written.push(line);
      const match = ready.exec(line);
      if (match) resolve(match[1]);
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(`${command[0]} ended:\n${written.join('\n')}`)));
  });
}
