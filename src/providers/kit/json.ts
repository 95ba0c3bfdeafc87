import { isSafeNumber, parse } from 'lossless-json';

export type ParsedJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/** Longer texts are not parsed. */
const MAX_LENGTH = 16 * 1024 * 1024;

/** Where a number may stand that a double cannot hold. It may match inside a string: that only costs time. */
const LONG_NUMBER = /(?:^|[:,[\s])-?(?:[\d.]{16,}|[\d.]+[eE])/;

/** Reads JSON without losing digits: a number that a double cannot hold arrives as its exact text. */
export function readJson(text: string): ParsedJson {
  if (text.length > MAX_LENGTH) return { ok: false };
  try {
    return { ok: true, value: LONG_NUMBER.test(text) ? readExactly(text) : JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

function readExactly(text: string): unknown {
  return parse(text, null, {
    parseNumber: (digits) => (isSafeNumber(digits) ? Number(digits) : digits),
    onDuplicateKey: ({ newValue }) => newValue,
  });
}
