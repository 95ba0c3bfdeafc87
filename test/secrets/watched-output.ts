import { jest } from '@jest/globals';
import type { Finding, Markers } from './markers.js';

/** All that left the process, or was written for somebody to read. */
export class WatchedOutput {
  readonly #pieces: (readonly [where: string, text: string])[] = [];
  /** Where anything was looked through. */
  readonly places = new Set<string>();
  readonly #spies: { mockRestore(): void }[] = [];

  note(where: string, text: string): void {
    this.#pieces.push([where, text]);
  }

  /** Whatever this process prints or warns of; nothing of it is printed meanwhile. */
  watchProcess(): void {
    for (const name of ['stdout', 'stderr'] as const) {
      const spy = jest.spyOn(process[name], 'write').mockImplementation((chunk) => {
        this.note(name, String(chunk));
        return true;
      });
      this.#spies.push(spy);
    }
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation((warning) => {
      this.note('a warning of the process', String(warning instanceof Error ? warning.stack : warning));
    });
    const consoles = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
      jest
        .spyOn(console, name)
        .mockImplementation((...values) => this.note('the console', values.map(String).join(' '))),
    );
    this.#spies.push(warn, ...consoles);
  }

  release(): void {
    for (const spy of this.#spies.splice(0)) spy.mockRestore();
  }

  /** Looks through what came since the last time. */
  find(markers: Markers): readonly Finding[] {
    const texts = new Map<string, string[]>();
    for (const [where, text] of this.#pieces.splice(0)) {
      this.places.add(where);
      const known = texts.get(where) ?? [];
      known.push(text);
      texts.set(where, known);
    }
    return Array.from(texts).flatMap(([where, pieces]) => markers.findIn(where, pieces.join('\n')));
  }
}
