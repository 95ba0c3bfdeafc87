import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { isSafeNumber, parse } from 'lossless-json';
import { readJson } from '../../src/providers/kit/json.js';

/** A number in any digits, as a text that `written` turns into it. */
const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(fc.constant('0'), fc.stringMatching(/^[1-9]\d{0,24}$/)),
    fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,24}$/)),
    fc.oneof(fc.constant(''), fc.stringMatching(/^[eE][+-]?\d{1,3}$/)),
  )
  .map((parts) => `<number>${parts.join('')}`);

/** Texts that look like JSON with long numbers in it. */
const text = fc
  .array(fc.constantFrom('"', '\\', '1234567890123456789', ',', ':', '{', '[', ' ', 'é', '1e400', 'x'), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''));

const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, number, text, fc.constantFrom(true, null), tie('list'), tie('object')),
  list: fc.array(tie('any'), { maxLength: 4 }),
  object: fc.dictionary(text, tie('any'), { maxKeys: 4 }),
})).any;

function written(of: unknown, indent: number): string {
  return JSON.stringify(of, null, indent).replaceAll(/"<number>([^"]*)"/g, '$1');
}

const MARKS = [
  '\u0000',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u061c',
  '\u200e',
  '\u200f',
  '\u202a',
  '\u202e',
  '\u2066',
  '\u2069',
  '\ufeff',
];

describe('an answer in JSON', () => {
  test('is read as by a parser that keeps all digits', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(0, 2), (of, indent) => {
        const json = written(of, indent);
        const exact = parse(json, null, { parseNumber: (digits) => (isSafeNumber(digits) ? Number(digits) : digits) });
        expect(readJson(json)).toEqual({ ok: true, value: exact });
      }),
      { numRuns: 3_000 },
    );
  });

  test('loses its marks and nothing else, written or escaped', () => {
    const plain = fc.stringMatching(/^[ -~áß日\u200d]{0,6}$/u);
    const marked = fc.array(fc.tuple(plain, fc.constantFrom(...MARKS)), { maxLength: 5 });
    fc.assert(
      fc.property(marked, fc.boolean(), (parts, isEscaped) => {
        const json = JSON.stringify([{ title: parts.flat().join('') }]);
        const sent = isEscaped
          ? json.replaceAll(/[^ -~]/gu, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
          : json;
        const title = parts.map(([before]) => before).join('');
        expect(readJson(sent)).toEqual({ ok: true, value: [{ title }] });
      }),
      { numRuns: 1_000 },
    );
    expect(readJson('["one\\r\\n\\ttwo"]')).toEqual({ ok: true, value: ['one two'] });
  });

  const size = 4 * 1024 * 1024;
  const listOf = (entry: string) =>
    `[${Array(Math.floor(size / (entry.length + 1)))
      .fill(entry)
      .join(',')}]`;

  test.each<[string, string]>([
    [
      'records with marks and long numbers',
      listOf(String.raw`{"id":"0123456789abcdef","t":"Tea\u202e","p":12345678901234567.89}`),
    ],
    ['long numbers', listOf('12345678901234567.89')],
    ['numbers that look long', listOf('1234567890.123456')],
    ['numbers with exponents', listOf('1.5e10000000')],
    ['a text of long numbers', `["${', 12345678901234567890'.repeat(size / 22)}"]`],
    ['texts between escapes', listOf(String.raw`"\\\"\\\" 12345678901234567890 "`)],
    ['a text of the letter of exponents', `["${'e'.repeat(size)}"]`],
    ['a text of numbers with exponents', `["${'1e'.repeat(size / 2)}"]`],
    ['one long number', `[${'1'.repeat(size - 2)}]`],
    ['a text of backslashes', `["${'\\\\'.repeat(size / 2 - 2)}"]`],
  ])('of 4 MiB is read in a time that grows with its size: %s', (what, json) => {
    // The machine may be busy: the quickest of three counts.
    const times = Array.from({ length: 3 }, () => {
      const begun = performance.now();
      const { user, system } = process.cpuUsage();
      expect(readJson(json).ok).toBe(true);
      const used = process.cpuUsage({ user, system });
      return Math.min((used.user + used.system) / 1_000, performance.now() - begun);
    });
    process.stdout.write(`4 MiB of ${what}: ${Math.round(Math.min(...times))} ms of CPU\n`);
    // Looking for each quote from each number took 5 to 16 seconds on an idle machine.
    expect(Math.min(...times)).toBeLessThan(3_000);
  });

  test.each([
    ['empty objects', '{}'],
    ['digits', '1'],
    ['lists', '[[],[]]'],
  ])('of more values than records have is not read: %s', (_what, entry) => {
    expect(readJson(listOf(entry)).ok).toBe(false);
    expect(readJson(`[${entry},${entry}]`).ok).toBe(true);
  });
});
