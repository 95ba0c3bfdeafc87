import { createHash } from 'node:crypto';

/** Makes version 4 UUIDs, the same ones in every run of a scenario. */
export class Identifiers {
  #count = 0;
  readonly #reserved = new Map<string, string[]>();

  constructor(private readonly seed: string) {}

  /** The next id made for an object of this type will be this one. */
  reserve(object: string, id: string): void {
    this.#reserved.set(object, [...(this.#reserved.get(object) ?? []), id]);
  }

  next(object: string): string {
    const reserved = this.#reserved.get(object)?.shift();
    if (reserved !== undefined) return reserved;
    this.#count += 1;
    const digits = createHash('sha256').update(`${this.seed}:${this.#count}`).digest('hex');
    const variant = '89ab'[Number.parseInt(digits.charAt(16), 16) % 4] ?? '8';
    return [
      digits.slice(0, 8),
      digits.slice(8, 12),
      `4${digits.slice(13, 16)}`,
      `${variant}${digits.slice(17, 20)}`,
      digits.slice(20, 32),
    ].join('-');
  }
}
