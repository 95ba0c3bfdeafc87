import {
  type Decoded,
  decodeEach,
  contractDrift,
  type JsonObject,
  isJsonObject,
  optionalInteger,
  optionalLongInteger,
  optionalText,
} from '../kit/decode.js';

/** What is expandable arrives as an identifier, as an object, or as null. */
export function idIn(fields: JsonObject, name: string): string | null {
  const value = fields[name];
  return isJsonObject(value) ? optionalText(value, 'id') : optionalText(fields, name);
}

export function neededId(fields: JsonObject, name: string): string {
  const id = idIn(fields, name);
  if (id === null) throw contractDrift(`\`${name}\``);
  return id;
}

/** The object, or null while it is not expanded. */
export function objectIn<T>(fields: JsonObject, name: string, decode: (value: unknown) => T): T | null {
  const value = fields[name];
  return isJsonObject(value) ? decode(value) : null;
}

/** A list inside an object; it may be cut, and has its own total then. */
export interface InnerList<T> extends Decoded<T> {
  readonly isWhole: boolean;
}

/** Null while the list is not expanded. */
export function listIn<T>(fields: JsonObject, name: string, decode: (value: unknown) => T): InnerList<T> | null {
  const list = fields[name];
  const rows = isJsonObject(list) ? list['data'] : list;
  if (!Array.isArray(rows)) return null;
  const pagination = isJsonObject(list) && isJsonObject(list['pagination']) ? list['pagination'] : {};
  const count = optionalInteger(pagination, 'count') ?? rows.length;
  return { ...decodeEach(rows, decode), isWhole: count <= rows.length };
}

/** A moment in Unix seconds. */
export function timeIn(fields: JsonObject, name: string): Date | null {
  const seconds = optionalLongInteger(fields, name);
  return seconds === null ? null : new Date(seconds * 1000);
}
