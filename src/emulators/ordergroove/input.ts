import { readCentral } from './central-time.js';
import { PERIODS } from './interval.js';
import { isMoneyText } from './pricing.js';
import { badField, badRequest, Refusal } from './refusals.js';

/** The JSON object a caller sent. */
export class Body {
  readonly #fields: ReadonlyMap<string, unknown>;

  constructor(body: unknown) {
    if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body))) {
      throw badRequest('Invalid data. Expected a dictionary.');
    }
    this.#fields = new Map(Object.entries(body ?? {}));
  }

  has(name: string): boolean {
    return this.value(name) !== undefined;
  }

  /** Undefined for absent, null and empty text alike. */
  value(name: string): unknown {
    const value = this.#fields.get(name);
    return value === null || value === '' ? undefined : value;
  }

  /** Names every missing field at once. */
  require(...names: readonly string[]): void {
    const missing = names.filter((name) => !this.has(name));
    if (missing.length === 0) return;
    throw new Refusal(400, Object.fromEntries(missing.map((name) => [name, 'This field is required.'])));
  }

  /** Ids are text; a number is taken for its digits. */
  text(name: string): string {
    const value = this.value(name);
    if (typeof value === 'number') return String(value);
    if (typeof value !== 'string')
      throw badField(name, value === undefined ? 'This field is required.' : 'Not a valid string.');
    return value;
  }

  optionalText(name: string): string | null {
    return this.has(name) ? this.text(name) : null;
  }

  positiveInteger(name: string): number {
    const number = Number(this.text(name));
    if (!Number.isInteger(number)) throw badField(name, 'A valid integer is required.');
    if (number < 1) throw badField(name, 'Ensure this value is greater than or equal to 1.');
    return number;
  }

  period(name: string): number {
    const period = PERIODS.find((each) => each === this.positiveInteger(name));
    if (period === undefined) throw badField(name, 'Not a valid choice.');
    return period;
  }

  money(name: string): string {
    const text = this.text(name);
    if (!isMoneyText(text)) throw badField(name, 'A valid number is required.');
    const [whole = '0', fraction = ''] = text.split('.');
    return `${whole}.${fraction.padEnd(2, '0')}`;
  }

  dateTime(name: string): string {
    const date = readCentral(this.text(name));
    if (date === null) throw badField(name, 'Date has wrong format.');
    return date;
  }

  list(name: string): readonly unknown[] {
    const value = this.value(name) ?? [];
    if (!Array.isArray(value)) throw badField(name, 'Expected a list of items.');
    return value;
  }

  /** An object, or the same as JSON text. */
  json(name: string): unknown {
    const value = this.value(name) ?? {};
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      throw badField(name, 'Value must be valid JSON.');
    }
  }

  object(name: string): object {
    const value = this.value(name) ?? {};
    if (typeof value !== 'object' || Array.isArray(value)) throw badField(name, 'Expected a dictionary.');
    return value;
  }
}
