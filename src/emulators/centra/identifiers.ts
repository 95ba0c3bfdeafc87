import { createHash } from 'node:crypto';

/** Identifiers that look random and are the same in every run. */
export class Identifiers {
  readonly #counts = new Map<string, number>();

  constructor(private readonly seed: string) {}

  /** 32 lower-case hexadecimal characters. */
  next(purpose: string): string {
    const count = (this.#counts.get(purpose) ?? 0) + 1;
    this.#counts.set(purpose, count);
    return createHash('md5').update(`${this.seed}:${purpose}:${count}`).digest('hex');
  }
}
