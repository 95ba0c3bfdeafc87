import { malformed } from './refusals.js';

/** The JSON object a caller sent. */
export class Fields {
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(body: unknown) {
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
    if (body !== undefined && body !== null && !isObject) throw malformed('body', 'not an object');
    this.#values = new Map(Object.entries(body ?? {}));
  }

  has(name: string): boolean {
    return this.value(name) !== undefined;
  }

  value(name: string): unknown {
    return this.#values.get(name) ?? undefined;
  }

  /** Ids are texts in most places and numbers in a few. */
  optionalText(name: string): string | null {
    const value = this.value(name);
    if (value === undefined) return null;
    if (typeof value !== 'string' && typeof value !== 'number') throw malformed(name, 'not valid');
    return String(value);
  }

  text(name: string): string {
    const text = this.optionalText(name);
    if (text === null || text === '') throw malformed(name, 'required');
    return text;
  }

  optionalInteger(name: string): number | null {
    const text = this.optionalText(name);
    if (text === null) return null;
    if (!/^-?\d+$/u.test(text)) throw malformed(name, 'not valid');
    return Number(text);
  }

  integer(name: string): number {
    const number = this.optionalInteger(name);
    if (number === null) throw malformed(name, 'required');
    return number;
  }

  list(name: string): readonly unknown[] {
    const value = this.value(name) ?? [];
    if (!Array.isArray(value)) throw malformed(name, 'not a list');
    return value;
  }

  texts(name: string): readonly string[] {
    return this.list(name).map(String);
  }

  object(name: string): Fields {
    return new Fields(this.value(name));
  }
}
