import { isSafeNumber } from 'lossless-json';
import { nextTurn } from '../../domain/next-turn.js';
import { isEscaped, parseInPieces } from './json-pieces.js';

export type ParsedJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/** Longer texts are not parsed. */
const MAX_LENGTH = 16 * 1024 * 1024;

/** Longer texts are not parsed at once: no webhook and no refusal is as long. */
const MAX_AT_ONCE = 1024 * 1024;

/** Longer texts may not be dense, and answers are parsed in pieces. */
const LONG_TEXT = 256 * 1024;
/** On average; records of providers have twenty and more. */
const CHARACTERS_PER_VALUE = 12;
const [SPACE, COMMA, MINUS, COLON, BRACKET, BRACE] = [0x20, 0x2c, 0x2d, 0x3a, 0x5b, 0x7b];

/** A double holds whatever has fewer digits and no exponent. */
const LONG = 16;
const EXPONENT = /[:,[\s-][\d.]{1,999}[eE]/;

/**
 * Where a number may stand that a double cannot hold. It may match inside a string. Each part ends somewhere: an expression that
 * remembers millions of digits runs out of room.
 */
const LONG_NUMBER =
  /(?<=^|[:,[\s])-?(?=[\d.]{16}|[\d.]{1,999}[eE])(?:0|[1-9]\d{0,999})(?:\.\d{1,999})?(?:[eE][+-]?\d{1,999})?(?=[,\]}\s]|$)/g;

const ONE_LONG_NUMBER = new RegExp(`^${LONG_NUMBER.source}$`);

/**
 * Control marks, and those that turn the direction of what follows: they make a title show as another. Joiners stay, which
 * emoji and several scripts need.
 */
const MARKS = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/gu;

/** Where a text may hold a mark, itself or escaped. */
const MAYBE_MARKED =
  /[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]|\\[bfnrt]|\\u(?:00[01789]|061|20[026]|[fF][eE][fF])/;

/**
 * Reads JSON without losing digits: a number that a double cannot hold arrives as its exact text. Texts arrive without control
 * and direction marks; line ends and tabs in them become spaces. Does not read
 * more than a webhook may have: for answers there is `readLongJson`.
 */
export function readJson(text: string): ParsedJson {
  if (text.length > MAX_AT_ONCE || isTooDense(text)) return { ok: false };
  try {
    const value: unknown = JSON.parse(mayHoldLongNumber(text) ? withLongNumbersQuoted(text) : text);
    return { ok: true, value: isPlain(text) || !MAYBE_MARKED.test(text) ? value : withoutMarks(value) };
  } catch {
    return { ok: false };
  }
}

/** Reads JSON of any length as `readJson` does. Other work goes on between the pieces of a long one. */
export async function readLongJson(text: string): Promise<ParsedJson> {
  if (text.length <= LONG_TEXT) return readJson(text);
  if (text.length > MAX_LENGTH || isTooDense(text)) return { ok: false };
  const pieces = parseInPieces(text, isPlain(text) ? readScalar : (token) => withoutMarks(readScalar(token)));
  try {
    for (;;) {
      const { done, value } = pieces.next();
      if (done === true) return { ok: true, value };
      await nextTurn();
    }
  } catch {
    return { ok: false };
  }
}

/** Reads a text, number, Boolean or null. Throws when it is none. */
function readScalar(token: string): unknown {
  return ONE_LONG_NUMBER.test(token) && !isSafeNumber(token) ? token : JSON.parse(token);
}

/** Printable ASCII without an escape. Three searches by the machine's widest words: a regular expression takes ten times as long. */
function isPlain(text: string): boolean {
  return Buffer.byteLength(text) === text.length && !text.includes('\\') && !text.includes('\u007F');
}

/** Detects more values than records have, names and all: a million of them in a few megabytes stop everything else for a second. */
function isTooDense(text: string): boolean {
  if (text.length <= LONG_TEXT) return false;
  let left = text.length / CHARACTERS_PER_VALUE;
  for (let at = 0; at < text.length && left >= 0; at += 1) {
    const character = text.charCodeAt(at);
    if (character === COMMA || character === BRACE || character === BRACKET) left -= 1;
  }
  return left < 0;
}

/**
 * Detects whether `LONG_NUMBER` may match, by looking at one character of sixteen and at the letters of exponents: the
 * expression itself takes longer than `JSON.parse`.
 */
function mayHoldLongNumber(text: string): boolean {
  for (let at = LONG - 1; at < text.length; at += LONG) {
    if (!isDigitOrPoint(text.charCodeAt(at))) continue;
    const begin = beginOfDigits(text, at);
    while (isDigitOrPoint(text.charCodeAt(at + 1))) at += 1;
    if (at + 1 - begin >= LONG && mayBeginNumber(text, begin)) return true;
  }
  return hasExponent(text, 'e') || hasExponent(text, 'E');
}

function hasExponent(text: string, letter: string): boolean {
  // A text of nothing but this letter is searched by one expression, not letter by letter.
  let left = text.length / 4;
  for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, at + 1)) {
    const begin = beginOfDigits(text, at);
    if (begin < at && mayBeginNumber(text, begin)) return true;
    left -= 1;
    if (left < 0) return EXPONENT.test(text);
  }
  return false;
}

/** Where the digits and points begin that stand before a place. */
function beginOfDigits(text: string, place: number): number {
  let begin = place;
  while (begin > 0 && isDigitOrPoint(text.charCodeAt(begin - 1))) begin -= 1;
  return begin;
}

function isDigitOrPoint(character: number): boolean {
  return (character >= 0x30 && character <= 0x39) || character === 0x2e;
}

/** Whether what stands before a place lets a number begin there: in most strings it does not. */
function mayBeginNumber(text: string, place: number): boolean {
  if (place === 0) return true;
  const before = text.charCodeAt(place - 1);
  return before === COLON || before === COMMA || before === BRACKET || before === MINUS || before <= SPACE;
}

/** Quotes numbers that a double cannot hold. A parser that keeps digits takes ten times as long as `JSON.parse`. */
function withLongNumbersQuoted(text: string): string {
  const pieces: string[] = [];
  let copied = 0;
  const nextOutside = outsideStrings(text);
  for (const { 0: number, index } of text.matchAll(LONG_NUMBER)) {
    if (nextOutside(index) > index || isSafeNumber(number)) continue;
    pieces.push(text.slice(copied, index), number);
    copied = index + number.length;
  }
  return copied === 0 ? text : [...pieces, text.slice(copied)].join('"');
}

/**
 * Returns a function that finds the first place at or after another that is in no string, to be asked in the order of the text.
 * Looks for each quote once: a text of numbers alone is searched for one only to its end.
 */
function outsideStrings(text: string): (place: number) => number {
  let outside = 0;
  let begin = text.indexOf('"');
  return (place) => {
    while (begin >= 0 && begin < place) {
      let end = text.indexOf('"', begin + 1);
      while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
      outside = end < 0 ? text.length : end + 1;
      begin = end < 0 ? -1 : text.indexOf('"', outside);
    }
    return Math.max(outside, place);
  };
}

/** Cleans the texts of a value in place. */
function withoutMarks(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.search(MARKS) < 0 ? value : value.replace(/[\t\n\r]+/g, ' ').replace(MARKS, '');
  }
  if (typeof value !== 'object' || value === null) return value;
  for (const name in value) {
    const before: unknown = Reflect.get(value, name);
    const after = withoutMarks(before);
    if (after !== before) Reflect.set(value, name, after);
  }
  return value;
}
