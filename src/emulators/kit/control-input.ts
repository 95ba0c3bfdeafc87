/** Bad input to a control endpoint; its message is the answer. */
export class ControlInputError extends Error {}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectInput(value: unknown, what: string): JsonObject {
  if (!isObject(value)) throw new ControlInputError(`${what} must be a JSON object.`);
  return value;
}

export function optionalObject(value: unknown, what: string): JsonObject | undefined {
  return value === undefined ? undefined : objectInput(value, what);
}

export function optionalText(value: unknown, what: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw new ControlInputError(`${what} must be text.`);
  return value;
}

export function textInput(value: unknown, what: string): string {
  const text = optionalText(value, what);
  if (text === undefined || text === '') throw new ControlInputError(`${what} must be given as text.`);
  return text;
}

export function optionalBoolean(value: unknown, what: string): boolean | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'boolean') throw new ControlInputError(`${what} must be true or false.`);
  return value;
}

export function optionalNumber(value: unknown, what: string): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new ControlInputError(`${what} must be a number.`);
  return value;
}

export function wholeNumber(value: unknown, what: string, least: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least) {
    throw new ControlInputError(`${what} must be a whole number from ${least}.`);
  }
  return value;
}

export function httpStatus(value: unknown, what: string): number {
  const status = wholeNumber(value, what, 200);
  if (status > 599) throw new ControlInputError(`${what} must be an HTTP status from 200 to 599.`);
  return status;
}

export function pattern(value: unknown, what: string): string | undefined {
  const text = optionalText(value, what);
  if (text === undefined) return undefined;
  try {
    return new RegExp(text, 'u').source;
  } catch {
    throw new ControlInputError(`${what} must be a regular expression, and "${text}" is not one.`);
  }
}

export function instantInput(value: unknown, what: string): Date {
  const instant = new Date(textInput(value, what));
  if (Number.isNaN(instant.getTime()))
    throw new ControlInputError(`${what} must be a date and time such as 2026-03-01T12:00:00Z.`);
  return instant;
}

/** Names outside `known` are refused, so that a typing error in a script does not pass for a setting. */
export function knownKeysOnly(value: JsonObject, known: readonly string[], what: string): void {
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    throw new ControlInputError(`${what} does not know ${unknown.join(', ')}; it knows ${known.join(', ')}.`);
  }
}
