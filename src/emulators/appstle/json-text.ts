/** A number written digit for digit: 64-bit ids and exact decimals do not survive a JavaScript number. */
export class NumberToken {
  constructor(readonly digits: string) {}

  /** Returns the digits as text, where the tokens are not written by `writeJson`. */
  toJSON(): string {
    return this.digits;
  }
}

export function int64(digits: string): NumberToken {
  return new NumberToken(digits);
}

export function decimal(text: string): NumberToken {
  return new NumberToken(text);
}

/** Writes JSON text in which number tokens keep their digits. */
export function writeJson(value: unknown): string {
  if (value instanceof NumberToken) return value.digits;
  if (value instanceof Date) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((element) => writeJson(element ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${writeJson(field)}`).join(',')}}`;
}
