import { isPlausible } from '../../domain/moment.js';
import {
  contractDrift,
  isAbsent,
  isJsonObject,
  isList,
  type JsonObject,
  noteGap,
  objectIn,
  optionalBoolean,
  optionalText,
  requireObject,
} from '../kit/decode.js';
import { isNumericId } from './keys.js';

/** Returns an id as its digits, from a number, a text, or a Shopify gid that ends in them. Null for anything else. */
export function optionalId(fields: JsonObject, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = optionalText(fields, name);
    const digits = value?.replace(/^gid:\/\/shopify\/\w+\//, '') ?? '';
    if (isNumericId(digits)) return digits;
  }
  return null;
}

/** Returns the first id among several names of a field. Throws CONTRACT_DRIFT when there is none. */
export function id(fields: JsonObject, ...names: readonly string[]): string {
  const found = optionalId(fields, ...names);
  if (found === null) throw contractDrift(`\`${names[0] ?? 'id'}\``);
  return found;
}

/** Returns the rows of a connection, which comes as nodes or as edges. Throws CONTRACT_DRIFT for anything else. */
export function nodesOf(value: unknown): readonly unknown[] {
  if (isList(value)) return value;
  const { nodes, edges } = requireObject(value, 'the rows of a list');
  if (isList(nodes)) return nodes;
  if (isList(edges)) return edges.map((edge: unknown) => (isJsonObject(edge) ? edge['node'] : edge));
  throw contractDrift('the rows of a list');
}

/** Whether a connection has another page; null when it says that in a way nobody documents. */
export function hasNextPage(connection: unknown): boolean | null {
  const info = isJsonObject(connection) ? objectIn(connection, 'pageInfo') : {};
  return isAbsent(info['hasNextPage']) ? false : optionalBoolean(info, 'hasNextPage');
}

/** Whether the content of a page says that another one follows; null where it does not say. */
export function isFollowed(value: unknown): boolean | null {
  const isLast = isJsonObject(value) ? optionalBoolean(value, 'last') : null;
  return isLast === null ? null : !isLast;
}

/** Returns the rows of a list, bare or as the content of a page. No rows are an empty list: an empty answer is none. */
export function rowsOf(value: unknown): readonly unknown[] {
  const rows = isJsonObject(value) ? value['content'] : value;
  if (isList(rows)) return rows;
  throw contractDrift('a list');
}

/** Reads a time as an instant: times come in several offsets, so they are never compared as text. */
export function optionalInstant(fields: JsonObject, name: string): Date | null {
  const given = fields[name];
  if (given === undefined || given === null || given === '') return null;
  const value = optionalText(fields, name) ?? '';
  const at = new Date(WITH_ZONE.test(value) ? value : Number.NaN);
  if (isPlausible(at.getTime())) return at;
  noteGap(`a time in \`${name}\``);
  return null;
}

const WITH_ZONE = /T.*(?:Z|[+-]\d{2}:?\d{2})$/;

/** Shopify's name for the variant of a product that has only one. */
const NO_VARIANT = 'Default Title';

export function variantTitleIn(fields: JsonObject): string | null {
  const title = optionalText(fields, 'variantTitle');
  return title === NO_VARIANT ? null : title;
}
