import { LARGEST_INT } from '../../domain/largest-int.js';
import { leavingOut, problem, ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import { surprise } from './surprises.js';

/** A JSON object whose fields have not been checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Makes the failure of an answer that lacks a fact without which its record says nothing. */
export function contractDrift(what: string): ProviderFailure {
  surprise(what);
  return new ProviderFailure(problem('CONTRACT_DRIFT', `An answer of the provider lacks ${what}.`));
}

/** Returns the object, or throws CONTRACT_DRIFT. */
export function requireObject(value: unknown, what: string): JsonObject {
  if (!isJsonObject(value)) throw contractDrift(what);
  return value;
}

/** Reads one record as it was sent, or throws CONTRACT_DRIFT. */
export type Decoder<T> = (value: unknown) => T;

/** What a decoder returns: `type WireOrder = Infer<typeof decodeOrder>`. */
export type Infer<D extends Decoder<unknown>> = ReturnType<D>;

/**
 * Makes the decoder of a record from a function that returns an object literal, one field reader a property. The literal
 * is the only declaration of the record's fields, and as fast as V8 makes objects: see decision 0019.
 */
export function record<T extends object>(what: string, read: (fields: JsonObject) => T): Decoder<Readonly<T>> {
  return (value) => read(requireObject(value, what));
}

/** Decodes what a read found; null stays null. */
export function decodeIfFound<T>(value: unknown, decode: Decoder<T>): T | null {
  return value === null ? null : decode(value);
}

/** Reads text, or throws CONTRACT_DRIFT. Identifiers sent as numbers are taken by their digits. */
export function text(fields: JsonObject, name: string): string {
  const value = optionalText(fields, name);
  if (value === null) throw contractDrift(`\`${name}\``);
  return value;
}

/** Reads text. Null for null, missing and `""`, which several providers send for null. */
export function optionalText(fields: JsonObject, name: string): string | null {
  const value = fields[name];
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : unexpected(value, name);
}

/** No documented status is longer. */
const LONGEST_STATUS = 64;

/** Reads the provider's own word for a state, or throws CONTRACT_DRIFT. */
export function statusText(fields: JsonObject, name: string): string {
  const value = optionalStatusText(fields, name);
  if (value === null) throw contractDrift(`\`${name}\``);
  return value;
}

/** Reads the provider's own word for a state. Clients are shown it verbatim, so a longer text is refused. */
export function optionalStatusText(fields: JsonObject, name: string): string | null {
  const value = optionalText(fields, name);
  if (value === null || value.length <= LONGEST_STATUS) return value;
  return unexpected(value, name);
}

/** Reports a value that is there and cannot be used. Absent are null, missing, `""` and `false`, which PHP sends for null. */
function unexpected(value: unknown, name: string): null {
  if (value !== undefined && value !== null && value !== '' && value !== false) surprise(name);
  return null;
}

const INTEGER = /^-?\d{1,15}$/;

/** Reads a whole number of 32 bits, or throws CONTRACT_DRIFT. */
export function integer(fields: JsonObject, name: string): number {
  const value = optionalInteger(fields, name);
  if (value === null) throw contractDrift(`\`${name}\``);
  return value;
}

/** Reads a whole number of 32 bits, also from text; null for anything else. */
export function optionalInteger(fields: JsonObject, name: string): number | null {
  const value = optionalLongInteger(fields, name);
  return value !== null && Math.abs(value) <= LARGEST_INT ? value : null;
}

/** Reads a whole number that a double holds exactly, as Unix times need it; null for anything else. */
export function optionalLongInteger(fields: JsonObject, name: string): number | null {
  const value = fields[name];
  if (typeof value === 'string' && INTEGER.test(value)) return Number(value);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : unexpected(value, name);
}

/** Reads a boolean, also from the texts "true" and "True"; null for anything else. */
export function optionalBoolean(fields: JsonObject, name: string): boolean | null {
  const value = fields[name];
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return unexpected(value, name);
  const word = value.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : unexpected(value, name);
}

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/**
 * Reads exact decimal text, from text or number. Null for null, missing, `""` and `false`, which PHP sends for null; throws
 * CONTRACT_DRIFT for anything else: an amount that cannot be read is not an absent one.
 */
export function optionalDecimal(fields: JsonObject, name: string): string | null {
  const value = fields[name];
  if (value === undefined || value === null || value === '' || value === false) return null;
  const decimal = optionalText(fields, name);
  if (decimal === null || !DECIMAL.test(decimal)) throw contractDrift(`a decimal \`${name}\``);
  return decimal;
}

/** Reads an object; empty when the field is missing or something else, as the `[]` PHP sends for an empty map. */
export function objectIn(fields: JsonObject, name: string): JsonObject {
  const value = fields[name];
  if (isJsonObject(value)) return value;
  if (!Array.isArray(value) || value.length > 0) unexpected(value, name);
  return noFields;
}

const noFields: JsonObject = {};

/** Reads a list; empty when the field is missing or something else. */
export function listOf(fields: JsonObject, name: string): readonly unknown[] {
  const value = fields[name];
  if (Array.isArray(value)) return value;
  unexpected(value, name);
  return [];
}

/** Reads a list without which its record says nothing, or throws CONTRACT_DRIFT. */
export function requireList(fields: JsonObject, name: string): readonly unknown[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw contractDrift(`\`${name}\``);
  return value;
}

/** Returns the records of a list that is whole. Throws the problem of one that is not. */
export function requireWhole<T>({ records, problem: gap }: Decoded<T>): readonly T[] {
  if (gap) throw new ProviderFailure(gap);
  return records;
}

/** The records of a list that could be read; `problem` says that some could not. */
export interface Decoded<T> {
  readonly records: readonly T[];
  readonly problem: ProviderProblem | null;
}

/** What the record that is being read lacks although it has it, such as a time in a unit nobody expects. */
let currentGap: ProviderProblem | null = null;

/** Notes that a fact of the record being read cannot be used. The list reports the gap and keeps the record. */
export function noteGap(what: string): void {
  currentGap ??= contractDrift(what).problem;
}

/** Reads a record, and returns what was noted meanwhile. */
export function noticingGaps<T>(read: () => T): { readonly result: T; readonly gap: ProviderProblem | null } {
  const outer = currentGap;
  currentGap = null;
  try {
    return { result: read(), gap: currentGap };
  } finally {
    currentGap = outer;
  }
}

/** Decodes each element by itself: one that cannot be decoded costs only itself, and the problem names it. */
export function decodeEach<T>(values: readonly unknown[], decode: Decoder<T>, idName = 'id'): Decoded<T> {
  const records: T[] = [];
  let found: ProviderProblem | null = null;
  for (const [index, value] of values.entries()) {
    try {
      const { result, gap } = noticingGaps(() => decode(value));
      records.push(result);
      if (gap !== null) {
        const id = isJsonObject(value) ? optionalText(value, idName) : null;
        found = leavingOut(found, inRecord(gap, id, index), {});
      }
    } catch (error) {
      const id = isJsonObject(value) ? optionalText(value, idName) : null;
      found = leavingOut(found, inRecord(recordProblem(error), id, index), { unreadable: 1 });
    }
  }
  return { records, problem: found };
}

/** Returns the problem of one record, whatever reading it threw: what it threw over came from the provider. */
export function recordProblem(error: unknown): ProviderProblem {
  return error instanceof ProviderFailure ? error.problem : unreadable;
}

const unreadable = problem('CONTRACT_DRIFT', 'A record of the provider could not be read.');

/** What an identifier looks like; anything else is not repeated. */
const IDENTIFIER = /^[\w:/.-]{1,80}$/;

/** Says in which record of a list a problem is: by its identifier, or by its place in the list. */
export function inRecord(what: ProviderProblem, id: string | null, index: number): ProviderProblem {
  const name = id !== null && IDENTIFIER.test(id) ? `record ${id}` : `record number ${index + 1}`;
  return { ...what, detail: `${what.detail.replace(/\.$/, '')} (${name}).` };
}
