/** What of a provider's traffic is kept as it is; everything else is replaced. */

/** Fields whose words decoders compare with the documentation. */
const WORD_FIELDS =
  /^(?:\w*status|state|mode|type|object|kind|method|currency|currency_?code|presentment_?currency|(?:order_)?interval(?:_?unit)?|frequency_?(?:unit|interval)?|every|every_period|period|unit|locale|time_?zone|replacement_behavior|reason_?code|recurring_(?:interval|period))$/i;

/** Amounts, times and counts, which are nobody's and which rules are about. */
const NUMBER_FIELDS =
  /(?:amount|price|total|cost|discount|tax|shipping|fee|cents|quantity|limit|offset|count|page|rate|percent|period|every|interval|seconds|days|scale|(?:_at|At|time|Time|date|Date|expires))$/;

/** Fields that identify somebody even in four digits. */
const PERSONAL_FIELDS = /phone|zip|postal|postcode|birth|email|name|address|card|last_?4|ip$/i;

const WORD = /^[A-Za-z][A-Za-z_ -]{0,39}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?$/;
const TIME = /^\d{2}:\d{2}(?::\d{2})?$/;
const DECIMAL = /^-?\d{1,9}\.\d{1,6}$/;
const SHORT_NUMBER = /^-?\d{1,4}$/;
const NUMBER = /^-?\d{1,15}(?:\.\d{1,6})?$/;

/** Returns whether a text may be kept in a field of this name. */
export function mayKeepText(field: string, text: string): boolean {
  if (text === '') return true;
  if (PERSONAL_FIELDS.test(field)) return false;
  if (WORD_FIELDS.test(field)) return WORD.test(text);
  if (MOMENT.test(text) || TIME.test(text) || DECIMAL.test(text) || SHORT_NUMBER.test(text)) return true;
  return /^(?:true|false)$/i.test(text) || (NUMBER_FIELDS.test(field) && NUMBER.test(text));
}

/** Returns whether a number, by its digits, may be kept in a field of this name. */
export function mayKeepNumber(field: string, digits: string): boolean {
  if (PERSONAL_FIELDS.test(field)) return false;
  return SHORT_NUMBER.test(digits) || !/^-?\d+$/.test(digits) || NUMBER_FIELDS.test(field);
}

/** A number, or two; the second may be a day, and what is of that day a third. */
const NUMBERED = /^\d+(?:[-:/,]\d+|\/(?:19|20)\d{2}-[01]\d-[0-3]\d(?:\/\d+)?)?$/;

/** Returns whether a text is an identifier made of parts, and no telephone number or the like. */
export function isIdentifier(field: string, text: string): boolean {
  if (PERSONAL_FIELDS.test(field) || !/^[\w:/.,=-]+$/.test(text)) return false;
  return /[A-Za-z]/.test(text) || text.replaceAll(/\D/g, '').length < 7 || NUMBERED.test(text);
}

/** Returns whether a value in a query is words of the API, such as fields to expand, states to list or an order to sort by. */
export function isQueryWord(field: string, value: string): boolean {
  if (PERSONAL_FIELDS.test(field) || /customer|shopper|user|_?ids?$|token|search|^q$/i.test(field)) return false;
  return /^[a-z_]+(?:[.,-][a-z_]+)*$/.test(value);
}

/** Names of fields; anything else in their place is data, as where a map has e-mail addresses as keys. */
export function isFieldName(name: string): boolean {
  return /^[A-Za-z_$][A-Za-z_$-]*\d{0,2}[A-Za-z_]*$/.test(name) && name.length <= 60;
}

/** Beginning of identifiers of Shopify, which providers compare. */
export const SHOPIFY_PREFIX = /^gid:\/\/shopify\/[A-Za-z]+\//;

/** Headers that clients of providers read. */
const KEPT_HEADERS: ReadonlySet<string> = new Set(['content-type', 'retry-after', 'date', 'x-total-count', 'link']);

/** Returns the headers to keep of an answer. Of links their relations alone: the addresses name records and shoppers. */
export function keptHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).filter(([name]) => KEPT_HEADERS.has(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, name === 'link' ? relationsIn(value) : value]));
}

function relationsIn(link: string): string {
  return [...link.matchAll(/;\s*rel="?([a-z]+)/gi)].map(([, relation]) => `<>; rel="${relation}"`).join(', ');
}
