import { isPlausible } from '../../domain/moment.js';
import {
  contractDrift,
  type Decoded,
  decodeEach,
  type Decoder,
  isJsonObject,
  type JsonObject,
  noteGap,
  objectIn,
  optionalInteger,
  optionalLongInteger,
  optionalText,
} from '../kit/decode.js';

/** Reads the identifier of what is expandable: it arrives as an identifier, as an object, or as null. */
export function idIn(fields: JsonObject, name: string): string | null {
  const value = fields[name];
  return isJsonObject(value) ? optionalText(value, 'id') : optionalText(fields, name);
}

/** Reads the identifier of what is expandable, or throws CONTRACT_DRIFT. */
export function requiredId(fields: JsonObject, name: string): string {
  const id = idIn(fields, name);
  if (id === null) throw contractDrift(`\`${name}\``);
  return id;
}

/** Reads what is expandable; null while it is not expanded. */
export function expandedIn<T>(fields: JsonObject, name: string, decode: Decoder<T>): T | null {
  const value = fields[name];
  return isJsonObject(value) ? decode(value) : null;
}

/** A list inside an object; it may be cut, and has its own total then. */
export interface InnerList<T> extends Decoded<T> {
  readonly isWhole: boolean;
}

/** Reads a list that is expandable; null while it is not expanded. */
export function expandedListIn<T>(fields: JsonObject, name: string, decode: Decoder<T>): InnerList<T> | null {
  const list = fields[name];
  const rows = isJsonObject(list) ? list['data'] : list;
  if (!Array.isArray(rows)) return null;
  const count = isJsonObject(list) ? optionalInteger(objectIn(list, 'pagination'), 'count') : null;
  return { ...decodeEach(rows, decode), isWhole: (count ?? rows.length) <= rows.length };
}

/** Reads a moment in Unix seconds. Null, and noted, for a number that is none. */
export function timeIn(fields: JsonObject, name: string): Date | null {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  const seconds = optionalLongInteger(fields, name);
  if (seconds !== null && isPlausible(seconds * 1000)) return new Date(seconds * 1000);
  noteGap(`a time in \`${name}\``);
  return null;
}
