import { createHash } from 'node:crypto';

/** Makes ids: numbers that count up, as texts, and UUIDs; the same ones in every run of a scenario. */
export class Identifiers {
  #next: bigint;
  #uuids = 0;
  readonly #reserved = new Map<string, string[]>();

  constructor(
    private readonly seed: string,
    first: bigint,
  ) {
    this.#next = first;
  }

  /** The next number made for `purpose` will be this one. */
  reserve(purpose: string, id: string): void {
    this.#reserved.set(purpose, [...(this.#reserved.get(purpose) ?? []), id]);
  }

  number(purpose: string): string {
    const reserved = this.#reserved.get(purpose)?.shift();
    if (reserved !== undefined) return reserved;
    const number = this.#next;
    this.#next += 1n;
    return number.toString();
  }

  uuid(): string {
    this.#uuids += 1;
    const hash = createHash('sha256').update(`${this.seed}:${this.#uuids}`).digest('hex');
    return [8, 4, 4, 4, 12]
      .reduce<{ parts: string[]; at: number }>(
        ({ parts, at }, length) => ({ parts: [...parts, hash.slice(at, at + length)], at: at + length }),
        { parts: [], at: 0 },
      )
      .parts.join('-');
  }
}
