import { isPlausible } from '../../domain/moment.js';
import {
  contractDrift,
  type Decoded,
  decodeEach,
  type Decoder,
  isAbsent,
  isJsonObject,
  isList,
  type JsonObject,
  noteGap,
  objectIn,
  optionalInteger,
  optionalLongInteger,
  optionalText,
  requireReadable,
  text,
} from '../kit/decode.js';
import { withoutRepeats } from '../kit/pages.js';

/**
 * Reads the identifier of what is expandable: it arrives as an identifier, as an object, or as null. Throws
 * CONTRACT_DRIFT for anything else: whether there is such an object would not be known.
 */
export function idIn(fields: JsonObject, name: string): string | null {
  const value = fields[name];
  return isJsonObject(value) ? text(value, 'id') : requireReadable(fields, name, optionalText);
}

/** Reads the identifier of what is expandable, or throws CONTRACT_DRIFT. */
export function requiredId(fields: JsonObject, name: string): string {
  const id = idIn(fields, name);
  if (id === null) throw contractDrift(`\`${name}\``);
  return id;
}

/** Reads what is expandable; null while it is not expanded. Throws CONTRACT_DRIFT for what is neither object nor identifier. */
export function expandedIn<T>(fields: JsonObject, name: string, decode: Decoder<T>): T | null {
  const value = fields[name];
  if (isJsonObject(value)) return decode(value);
  requireReadable(fields, name, optionalText);
  return null;
}

/** A list inside an object; it may be cut, and has its own total then. */
export interface InnerList<T> extends Decoded<T> {
  readonly isWhole: boolean;
}

/** Reads a list that is expandable; null while it is not expanded. */
export function expandedListIn<T>(fields: JsonObject, name: string, decode: Decoder<T>): InnerList<T> | null {
  const list = fields[name];
  const rows = isJsonObject(list) ? list['data'] : list;
  if (!isList(rows)) return null;
  const different = withoutRepeats(rows);
  const { count } = isJsonObject(list) ? objectIn(list, 'pagination') : {};
  const total = isAbsent(count) ? 0 : optionalInteger({ count }, 'count');
  return { ...decodeEach(different, decode), isWhole: total !== null && total <= different.length };
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
