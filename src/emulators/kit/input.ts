import { isObject, type JsonObject } from './json-object.js';

/** What a value was to be. */
export type Expectation =
  'object' | 'text' | 'integer' | 'list' | 'JSON' | { readonly least: number } | { readonly most: number };

/** How a provider words bad input. */
export interface InputErrors {
  missing(names: readonly string[]): Error;
  /** Creates the error for a value that is not as expected. `name` is null for the input as a whole. */
  invalid(name: string | null, expected: Expectation): Error;
}

export interface Range {
  readonly least?: number;
  readonly most?: number;
  /** The value of an absent field; the field is required when absent itself. */
  readonly otherwise?: number;
}

/** Reads named values a caller sent, in a body or a query. Null and empty text count as absent. */
export class Input {
  constructor(
    private readonly values: JsonObject,
    private readonly errors: InputErrors,
  ) {}

  /** Reads a JSON body. An absent one reads as empty. */
  static ofBody(body: unknown, errors: InputErrors): Input {
    const values = body ?? {};
    if (!isObject(values)) throw errors.invalid(null, 'object');
    return new Input(values, errors);
  }

  /** Reads the first value of each parameter. */
  static ofQuery(query: URLSearchParams, errors: InputErrors): Input {
    return new Input(Object.fromEntries([...query].reverse()), errors);
  }

  /** Whether the field was named, be it as null or empty. */
  isNamed(name: string): boolean {
    return this.values[name] !== undefined;
  }

  has(name: string): boolean {
    return this.value(name) !== undefined;
  }

  value(name: string): unknown {
    const value = this.values[name];
    return value === null || value === '' ? undefined : value;
  }

  /** Refuses with all missing fields at once. */
  require(...names: readonly string[]): void {
    const missing = names.filter((name) => !this.has(name));
    if (missing.length > 0) throw this.errors.missing(missing);
  }

  /** Returns the first of these fields that is there. A number is taken for its digits. */
  text(...names: readonly string[]): string {
    const text = this.optionalText(...names);
    if (text === null) throw this.errors.missing(names.slice(0, 1));
    return text;
  }

  optionalText(...names: readonly string[]): string | null {
    const name = names.find((each) => this.has(each));
    if (name === undefined) return null;
    const value = this.value(name);
    if (typeof value !== 'string' && typeof value !== 'number') throw this.errors.invalid(name, 'text');
    return String(value);
  }

  integer(name: string, { least, most, otherwise }: Range = {}): number {
    const number = this.optionalInteger(name);
    if (number === null) {
      if (otherwise === undefined) throw this.errors.missing([name]);
      return otherwise;
    }
    if (least !== undefined && number < least) throw this.errors.invalid(name, { least });
    if (most !== undefined && number > most) throw this.errors.invalid(name, { most });
    return number;
  }

  optionalInteger(name: string): number | null {
    const text = this.optionalText(name);
    if (text === null) return null;
    const number = Number(text);
    if (!Number.isSafeInteger(number)) throw this.errors.invalid(name, 'integer');
    return number;
  }

  /** Whether a field is `true` or `1`, as such or as text. */
  flag(name: string, otherwise = false): boolean {
    return this.has(name) ? isTrue(this.value(name)) : otherwise;
  }

  list(name: string): readonly unknown[] {
    const value = this.value(name) ?? [];
    if (!Array.isArray(value)) throw this.errors.invalid(name, 'list');
    return value;
  }

  texts(name: string): readonly string[] {
    return this.list(name).map(String);
  }

  /** Returns the elements of a list that are objects. */
  rows(name: string): readonly Input[] {
    return this.list(name)
      .filter(isObject)
      .map((values) => new Input(values, this.errors));
  }

  object(name: string): Input {
    const values = this.value(name) ?? {};
    if (!isObject(values)) throw this.errors.invalid(name, 'object');
    return new Input(values, this.errors);
  }

  /** Returns the fields of an object as text. */
  textFields(name: string): Readonly<Record<string, string>> {
    const { values } = this.object(name);
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
  }

  /** Returns a field that is JSON, or the text of it. */
  json(name: string): unknown {
    const value = this.value(name) ?? {};
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      throw this.errors.invalid(name, 'JSON');
    }
  }
}

export function isTrue(value: unknown): boolean {
  return (
    value === true || value === 1 || value === '1' || (typeof value === 'string' && value.toLowerCase() === 'true')
  );
}
