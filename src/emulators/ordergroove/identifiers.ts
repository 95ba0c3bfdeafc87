import { createHash } from 'node:crypto';

/** Makes public ids: 32 lower-case hex digits, the same ones in every run of a scenario. */
export class Identifiers {
  #count = 0;
  readonly #reserved = new Map<string, string[]>();

  constructor(private readonly seed: string) {}

  /** The next id made for `purpose` will be this one. */
  reserve(purpose: string, id: string): void {
    this.#reserved.set(purpose, [...(this.#reserved.get(purpose) ?? []), id]);
  }

  next(purpose: string): string {
    const reserved = this.#reserved.get(purpose)?.shift();
    if (reserved !== undefined) return reserved;
    this.#count += 1;
    return createHash('sha256').update(`${this.seed}:${this.#count}`).digest('hex').slice(0, 32);
  }
}
