import { isPlausible } from '../../domain/moment.js';
import { contractDrift, type JsonObject, isJsonObject, noteGap, optionalText, requireObject } from '../kit/decode.js';
import { isNumericId } from './keys.js';

/** An id as its digits, from a number, a text, or a Shopify gid that ends in them. Null for anything else. */
export function optionalId(fields: JsonObject, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = optionalText(fields, name);
    const digits = value?.replace(/^gid:\/\/shopify\/\w+\//, '') ?? '';
    if (isNumericId(digits)) return digits;
  }
  return null;
}

/** The first of several names a field goes by, or CONTRACT_DRIFT. */
export function id(fields: JsonObject, ...names: readonly string[]): string {
  const found = optionalId(fields, ...names);
  if (found === null) throw contractDrift(`\`${names[0] ?? 'id'}\``);
  return found;
}

/** Rows of a connection, which comes as nodes or as edges; CONTRACT_DRIFT for anything else. */
export function nodesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const { nodes, edges } = requireObject(value, 'the rows of a list');
  if (Array.isArray(nodes)) return nodes;
  if (Array.isArray(edges)) return edges.map((edge: unknown) => (isJsonObject(edge) ? edge['node'] : edge));
  throw contractDrift('the rows of a list');
}

/** A list, bare or as the content of a page; an empty answer has no rows. */
export function rowsOf(value: unknown): readonly unknown[] {
  if (value === null) return [];
  const rows = isJsonObject(value) ? value['content'] : value;
  if (Array.isArray(rows)) return rows;
  throw contractDrift('a list');
}

/** Dates come in several offsets, so they are compared as instants, never as text. */
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
