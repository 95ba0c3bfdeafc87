import { createHash } from 'node:crypto';

/** What an identifier is written from. */
export interface IdentifierSource {
  /** 64 lower-case hexadecimal digits that look random. */
  readonly digest: string;
  /** How many identifiers were made before this one. */
  readonly ordinal: number;
}

/** Makes identifiers that look like the provider's and are the same in every run of a scenario. */
export class Identifiers {
  #made = 0;
  readonly #counts = new Map<string, number>();
  readonly #reserved = new Map<string, string[]>();

  constructor(
    private readonly seed: string,
    private readonly format: (source: IdentifierSource) => string,
  ) {}

  /** Makes `id` the next identifier for this purpose. */
  reserve(purpose: string, id: string): void {
    this.#reserved.set(purpose, [...(this.#reserved.get(purpose) ?? []), id]);
  }

  next(purpose: string): string {
    const reserved = this.#reserved.get(purpose)?.shift();
    if (reserved !== undefined) return reserved;
    const count = (this.#counts.get(purpose) ?? 0) + 1;
    this.#counts.set(purpose, count);
    const digest = createHash('sha256').update(`${this.seed}:${purpose}:${count}`).digest('hex');
    const ordinal = this.#made;
    this.#made += 1;
    return this.format({ digest, ordinal });
  }
}

/** Makes an identifier of 32 lower-case hexadecimal digits. */
export function hexIdentifier({ digest }: IdentifierSource): string {
  return digest.slice(0, 32);
}

/** Makes a version 4 UUID. */
export function uuidIdentifier({ digest }: IdentifierSource): string {
  const variant = '89ab'.charAt(Number.parseInt(digest.charAt(16), 16) % 4);
  const digits = `${digest.slice(0, 12)}4${digest.slice(13, 16)}${variant}${digest.slice(17, 32)}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}
