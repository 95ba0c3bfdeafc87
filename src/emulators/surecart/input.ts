import { missingParameter, Refusal } from './refusals.js';

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The attributes a caller sent below the name of the resource. */
export class Body {
  private constructor(private readonly fields: Fields) {}

  /** Throws 400 when the resource name is not there. */
  static of(body: unknown, resource: string): Body {
    const inner = isFields(body) ? body[resource] : undefined;
    if (!isFields(inner)) throw missingParameter(resource);
    return new Body(inner);
  }

  /** An action without attributes may come without a body. */
  static optional(body: unknown, resource: string): Body {
    const inner = isFields(body) ? body[resource] : undefined;
    return new Body(isFields(inner) ? inner : {});
  }

  has(name: string): boolean {
    return this.fields[name] !== undefined;
  }

  value(name: string): unknown {
    return this.fields[name];
  }

  text(...names: readonly string[]): string {
    const value = this.optionalText(...names);
    if (value === null) throw missingParameter(names[0] ?? '');
    return value;
  }

  /** The first of several names that was given. */
  optionalText(...names: readonly string[]): string | null {
    for (const name of names) {
      const value = this.fields[name];
      if (typeof value === 'string' && value !== '') return value;
    }
    return null;
  }

  optionalInteger(name: string): number | null {
    const value = this.fields[name];
    if (value === undefined || value === null) return null;
    const number = Number(value);
    if (!Number.isSafeInteger(number)) {
      throw new Refusal(422, 'invalid', 'parameter.invalid', `${name} must be an integer.`);
    }
    return number;
  }

  flag(name: string): boolean {
    return isTrue(this.fields[name]);
  }

  texts(name: string): Readonly<Record<string, string>> {
    const value = this.fields[name];
    if (!isFields(value)) return {};
    return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
  }

  rows(name: string): readonly Body[] {
    const value = this.fields[name];
    return Array.isArray(value) ? value.filter(isFields).map((fields) => new Body(fields)) : [];
  }
}

/** `true` is documented, `1` accepted. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1' || value === 1;
}

/** Text such as `2026-03-08 22:02:57 UTC`, or an integer; comes out as Unix seconds. */
export function readTime(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value === '') return null;
  if (/^\d+$/u.test(value)) return Number(value);
  const at = Date.parse(value.replace(/ UTC$/u, 'Z').replace(' ', 'T'));
  if (Number.isNaN(at)) throw new Refusal(422, 'invalid', 'parameter.invalid', 'The time cannot be read.');
  return Math.floor(at / 1000);
}
