import { isPlausible, localDate, type LocalDate, parseLocalDateTime } from '../../domain/moment.js';
import { contractDrift, isJsonObject, type JsonObject, optionalText, unusable } from '../kit/decode.js';
import { isRecordId, isVariantId } from './keys.js';

/** Recharge's clock, whatever the zone of the shop: https://support.getrecharge.com/hc/en-us/articles/360026324314 */
export const EASTERN = 'America/New_York';

/** Reads an id of Recharge as its digits. Null for anything else. */
export function optionalId(fields: JsonObject, name: string): string | null {
  const value = optionalText(fields, name);
  return value === null || isRecordId(value) ? value : unusable(value, name);
}

export function id(fields: JsonObject, name: string): string {
  const found = optionalId(fields, name);
  if (found === null) throw contractDrift(`\`${name}\``);
  return found;
}

/** Reads an id of the shop: in an object today, as text in the product search, as a number in the version before. */
export function externalId(fields: JsonObject, name: string): string | null {
  const value = fields[name];
  const found = isJsonObject(value) ? optionalText(value, 'ecommerce') : optionalText(fields, name);
  return found === null || isVariantId(found) ? found : unusable(found, name);
}

const DAY = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:?00)?)?$/;
const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}[T ].*(?:Z|[+-]\d{2}:?\d{2})$/;

/** Reads a day on Recharge's calendar: plain, with a time of zero, or as an instant of that day; null when absent. */
export function optionalDay(fields: JsonObject, name: string): LocalDate | null {
  const value = optionalText(fields, name);
  if (value === null) return null;
  const [, day] = DAY.exec(value) ?? [];
  const at = day === undefined && WITH_OFFSET.test(value) ? new Date(value.replace(' ', 'T')) : null;
  const found = at && isPlausible(at.getTime()) ? localDate(at, EASTERN) : parseLocalDateTime(day ?? value, null).date;
  return found ?? unusable(value, name);
}

/** Reads an instant. One without an offset is on Recharge's clock. */
export function optionalStamp(fields: JsonObject, name: string): Date | null {
  const value = optionalText(fields, name);
  if (value === null) return null;
  const at = WITH_OFFSET.test(value) ? new Date(value.replace(' ', 'T')) : parseLocalDateTime(value, EASTERN).at;
  return at !== null && isPlausible(at.getTime()) ? at : unusable(value, name);
}

export function day(fields: JsonObject, name: string): LocalDate {
  const found = optionalDay(fields, name);
  if (found === null) throw contractDrift(`a day in \`${name}\``);
  return found;
}

/** Reads names and values, in the list of today or the object of the version before. */
export function propertiesIn(fields: JsonObject): ReadonlyMap<string, string> {
  const value = fields['properties'];
  const pairs = Array.isArray(value)
    ? value.filter(isJsonObject).map((each) => [optionalText(each, 'name'), optionalText(each, 'value')] as const)
    : isJsonObject(value)
      ? Object.keys(value).map((name) => [name, optionalText(value, name)] as const)
      : [];
  return new Map(pairs.flatMap(([name, text]) => (name === null || text === null ? [] : [[name, text] as const])));
}

/** Shopify's name for the variant of a product that has only one. */
const NO_VARIANT = 'Default Title';

export function variantTitleIn(fields: JsonObject, name = 'variant_title'): string | null {
  const title = optionalText(fields, name);
  return title === NO_VARIANT ? null : title;
}

/** Chooses the middle one of several sizes. */
export function imageIn(images: JsonObject): string | null {
  return (
    ['medium', 'large', 'original', 'small'].map((size) => optionalText(images, size)).find((each) => each) ?? null
  );
}
