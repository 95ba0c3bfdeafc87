import { LARGEST_INT } from '../domain/largest-int.js';
import { problem, ProviderFailure, type ProviderProblem } from '../domain/problem.js';

/** A JSON object whose fields nobody has looked at. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The answer lacks something without which the record says nothing. */
export function drift(what: string): ProviderFailure {
  return new ProviderFailure(problem('CONTRACT_DRIFT', `An answer of the provider lacks ${what}.`));
}

/** The fields, or CONTRACT_DRIFT. */
export function fieldsOf(value: unknown, what: string): Fields {
  if (!isFields(value)) throw drift(what);
  return value;
}

/** Text, or CONTRACT_DRIFT. Identifiers sent as numbers are taken by their digits. */
export function text(fields: Fields, name: string): string {
  const value = optionalText(fields, name);
  if (value === null) throw drift(`\`${name}\``);
  return value;
}

/** Null for null, missing and `""`, which several providers send for null. */
export function optionalText(fields: Fields, name: string): string | null {
  const value = fields[name];
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
}

/** No state that a provider documents is called by a longer one. */
const LONGEST_WORD = 64;

/** The provider's own word for a state, or CONTRACT_DRIFT. */
export function word(fields: Fields, name: string): string {
  const value = optionalWord(fields, name);
  if (value === null) throw drift(`\`${name}\``);
  return value;
}

/** Clients are shown it as it came; a longer text is something else, and nobody knows what. */
export function optionalWord(fields: Fields, name: string): string | null {
  const value = optionalText(fields, name);
  return value !== null && value.length <= LONGEST_WORD ? value : null;
}

const INTEGER = /^-?\d{1,15}$/;

/** A whole number of 32 bits, or CONTRACT_DRIFT. */
export function integer(fields: Fields, name: string): number {
  const value = optionalInteger(fields, name);
  if (value === null) throw drift(`\`${name}\``);
  return value;
}

/** A whole number of 32 bits, also from text; null for anything else. */
export function optionalInteger(fields: Fields, name: string): number | null {
  const value = optionalLongInteger(fields, name);
  return value !== null && Math.abs(value) <= LARGEST_INT ? value : null;
}

/** The same up to what a double holds exactly, as Unix times need it. */
export function optionalLongInteger(fields: Fields, name: string): number | null {
  const value = fields[name];
  if (typeof value === 'string' && INTEGER.test(value)) return Number(value);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

/** Also from the texts "true" and "True"; null for anything else. */
export function optionalBoolean(fields: Fields, name: string): boolean | null {
  const value = fields[name];
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  const word = value.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
}

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** Exact decimal text, from text or number; null for anything else. */
export function optionalDecimal(fields: Fields, name: string): string | null {
  const value = optionalText(fields, name);
  return value !== null && DECIMAL.test(value) ? value : null;
}

/** Empty when the field is missing or something else. */
export function listOf(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name];
  return Array.isArray(value) ? value : [];
}

/** What could be read of a list; `problem` says that some of it could not. */
export interface Decoded<T> {
  readonly records: readonly T[];
  readonly problem: ProviderProblem | null;
}

/** Decodes each element for itself: one that lacks a needed fact costs only itself. */
export function decodeEach<T>(values: readonly unknown[], decode: (value: unknown) => T): Decoded<T> {
  const records: T[] = [];
  let found: ProviderProblem | null = null;
  for (const value of values) {
    try {
      records.push(decode(value));
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error;
      found = error.problem;
    }
  }
  return { records, problem: found };
}
