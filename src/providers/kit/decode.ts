import { LARGEST_INT } from '../../domain/largest-int.js';
import {
  joinProblems,
  leavingOut,
  lossIn,
  problem,
  ProviderFailure,
  type ProviderProblem,
} from '../../domain/problem.js';
import { surprise } from './surprises.js';

/** A JSON object whose fields have not been checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Makes the failure of an answer that lacks a fact without which its record says nothing. */
export function contractDrift(what: string): ProviderFailure {
  surprise(what);
  return new ProviderFailure(lacking(what));
}

function lacking(what: string): ProviderProblem {
  return problem('CONTRACT_DRIFT', `An answer of the provider lacks ${what}.`);
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
  return typeof value === 'number' ? String(value) : unusable(value, name);
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
  return unusable(value, name);
}

/**
 * Reports a value that is there and cannot be used, and notes that its record lacks it. Returns null, the reading of
 * such a value.
 */
export function unusable(value: unknown, name: string): null {
  if (isAbsent(value)) return null;
  surprise(name);
  currentGap ??= lacking(`a readable \`${name}\``);
  return null;
}

/** Whether a value stands for nothing: null, missing, `""`, or the `false` that PHP sends for null. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === false;
}

/**
 * Reads an optional field whose absence says something of its own. Throws CONTRACT_DRIFT for a value that is there and
 * cannot be read: it is not absent.
 */
export function requireReadable<T>(
  fields: JsonObject,
  name: string,
  read: (fields: JsonObject, name: string) => T | null,
): T | null {
  const value = read(fields, name);
  if (value === null && !isAbsent(fields[name])) throw contractDrift(`a readable \`${name}\``);
  return value;
}

const INTEGER = /^-?\d{1,15}$/;

/** Reads a whole number of 32 bits, or throws CONTRACT_DRIFT. */
export function integer(fields: JsonObject, name: string): number {
  const value = optionalInteger(fields, name);
  if (value === null) throw contractDrift(`\`${name}\``);
  return value;
}

/** Reads a number of units, or throws CONTRACT_DRIFT: fewer than none take nothing off. */
export function units(fields: JsonObject, name: string): number {
  const value = integer(fields, name);
  if (value < 0) throw contractDrift(`a count in \`${name}\``);
  return value;
}

/** Reads a whole number of 32 bits, also from text; null for anything else. */
export function optionalInteger(fields: JsonObject, name: string): number | null {
  const value = optionalLongInteger(fields, name);
  return value === null || Math.abs(value) <= LARGEST_INT ? value : unusable(value, name);
}

/** Reads a whole number that a double holds exactly, as Unix times need it; null for anything else. */
export function optionalLongInteger(fields: JsonObject, name: string): number | null {
  const value = fields[name];
  if (typeof value === 'string' && INTEGER.test(value)) return Number(value);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : unusable(value, name);
}

/** Reads a boolean, also from 0 and 1 and the texts of all four in either case; null for anything else. */
export function optionalBoolean(fields: JsonObject, name: string): boolean | null {
  const value = fields[name];
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' || typeof value === 'number' ? String(value).toLowerCase() : '';
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : unusable(value, name);
}

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/**
 * Reads exact decimal text, from text or number. Null for null, missing, `""` and `false`, which PHP sends for null; throws
 * CONTRACT_DRIFT for anything else: an amount that cannot be read is not an absent one.
 */
export function optionalDecimal(fields: JsonObject, name: string): string | null {
  if (isAbsent(fields[name])) return null;
  const decimal = optionalText(fields, name);
  if (decimal === null || !DECIMAL.test(decimal)) throw contractDrift(`a decimal \`${name}\``);
  return decimal;
}

/** Reads an object; empty when the field is missing or something else, as the `[]` PHP sends for an empty map. */
export function objectIn(fields: JsonObject, name: string): JsonObject {
  const value = fields[name];
  if (isJsonObject(value)) return value;
  if (!Array.isArray(value) || value.length > 0) unusable(value, name);
  return noFields;
}

const noFields: JsonObject = {};

/** No page and no record has as many: a hundred thousand broken rows would stop everything else for a second. */
export const MAX_ROWS = 5_000;

/** Whether a value is a list, of a length that can be decoded. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= MAX_ROWS;
}

/** Reads a list; empty when the field is missing or something else. */
export function listOf(fields: JsonObject, name: string): readonly unknown[] {
  const value = fields[name];
  if (isList(value)) return value;
  unusable(value, name);
  return [];
}

/** Reads a list whose emptiness says something of its own: empty when absent. Throws CONTRACT_DRIFT for anything else. */
export function readableList(fields: JsonObject, name: string): readonly unknown[] {
  return isAbsent(fields[name]) ? [] : requireList(fields, name);
}

/** Reads a list without which its record says nothing, or throws CONTRACT_DRIFT. */
export function requireList(fields: JsonObject, name: string): readonly unknown[] {
  const value = fields[name];
  if (!isList(value)) throw contractDrift(`\`${name}\``);
  return value;
}

/** Returns the records of a list that is whole. Throws the problem of one that is not. */
export function requireWhole<T>({ records, problem: gap }: Decoded<T>): readonly T[] {
  const lost = lossIn(gap);
  if (lost) throw new ProviderFailure(lost);
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

/**
 * Decodes each element by itself: one that cannot be decoded costs only itself, and the problem names it. What an element
 * lacks is noted as lacking in the record that holds it.
 */
export function decodeEach<T>(values: readonly unknown[], decode: Decoder<T>, idName = 'id', first = 0): Decoded<T> {
  const records: T[] = [];
  let found: ProviderProblem | null = null;
  for (const [index, value] of values.entries()) {
    try {
      records.push(decode(value));
    } catch (error) {
      const id = isJsonObject(value) ? optionalText(value, idName) : null;
      found = leavingOut(found, inRecord(recordProblem(error), id, first + index), { unreadable: 1 });
    }
  }
  return { records, problem: found };
}

/** Decodes each record of a list as `decodeEach` does, and says which of them lacks something. `first` is the place of the first one. */
export function decodeList<T>(values: readonly unknown[], decode: Decoder<T>, idName = 'id', first = 0): Decoded<T> {
  let lacking: ProviderProblem | null = null;
  let index = first;
  const { records, problem: lost } = decodeEach(
    values,
    (value) => {
      index += 1;
      const { result, gap } = noticingGaps(() => decode(value));
      if (gap !== null) {
        const id = isJsonObject(value) ? optionalText(value, idName) : null;
        lacking = leavingOut(lacking, inRecord(gap, id, index - 1), {});
      }
      return result;
    },
    idName,
    first,
  );
  return { records, problem: joinProblems(lacking, lost) };
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
