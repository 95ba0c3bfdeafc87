import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { isSafeNumber, parse } from 'lossless-json';
import { readJson, readLongJson } from '../../src/providers/kit/json.js';
import { parseInPieces, PIECE } from '../../src/providers/kit/json-pieces.js';
import { countTurns } from '../support/count-turns.js';

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

/** An object whose names may come twice. */
class Members {
  constructor(readonly members: readonly (readonly [string, unknown])[]) {}
}

function withRepeats(of: unknown): string {
  if (of instanceof Members) {
    return `{${of.members.map(([key, value]) => `${JSON.stringify(key)} :${withRepeats(value)}`).join(',')}}`;
  }
  return Array.isArray(of) ? `[ ${of.map(withRepeats).join(' ,')}]` : (JSON.stringify(of) ?? 'null');
}

const NOT_JSON = Symbol('not JSON');

function atOnce(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return NOT_JSON;
  }
}

function inPieces(json: string): unknown {
  const pieces = parseInPieces(json, (token) => JSON.parse(token));
  try {
    for (;;) {
      const { done, value } = pieces.next();
      if (done === true) return value;
    }
  } catch (error) {
    if (error instanceof SyntaxError) return NOT_JSON;
    throw error;
  }
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

const markedTexts = fc
  .array(fc.constantFrom(...MARKS, 'a', 'é', '\u200d', '\n', '\t\r', '\ud800', '"', '\\'), { maxLength: 6 })
  .map((parts) => [parts.join(''), { [parts.join('')]: parts }]);

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

  test('is read the same when it is long', async () => {
    // What stands before it makes it long.
    const before = ' '.repeat(256 * 1024);
    await fc.assert(
      fc.asyncProperty(fc.oneof(value, markedTexts), fc.constantFrom(0, 2), async (of, indent) => {
        const json = written(of, indent);
        expect(await readLongJson(before + json)).toEqual(readJson(json));
        expect(await readLongJson(before + json.slice(1))).toEqual(readJson(json.slice(1)));
      }),
      { numRuns: 500 },
    );
  });

  test('is parsed in pieces to what `JSON.parse` makes of it, whole or cut anywhere', () => {
    const key = fc.constantFrom('a', 'b', '', '0', '__proto__', 'constructor', '\ud800', '😀', '"\\');
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 4 }, fc.jsonValue({ maxDepth: 1 }), key, tie('list'), tie('object')),
      list: fc.array(tie('any'), { maxLength: 4 }).map((parts) => parts),
      object: fc.array(fc.tuple(key, tie('any')), { maxLength: 4 }).map((members) => new Members(members)),
    }));
    fc.assert(
      fc.property(any, (of) => {
        const json = withRepeats(of);
        for (let end = json.length; end >= 0; end -= 1) {
          expect(inPieces(json.slice(0, end))).toEqual(atOnce(json.slice(0, end)));
          expect(inPieces(json.slice(0, end) + json.slice(end + 1))).toEqual(
            atOnce(json.slice(0, end) + json.slice(end + 1)),
          );
        }
      }),
      { numRuns: 150 },
    );
    const texts = fc
      .array(
        fc.constantFrom(
          ...'[ ] { } , : " \\ \t \u00a0 - + . e E 0 1 9'.split(' '),
          ' ',
          'true',
          'null',
          '"a"',
          '"b":',
          '\ud83d',
        ),
        {
          maxLength: 9,
        },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (json) => expect(inPieces(json)).toEqual(atOnce(json))),
      { numRuns: 5_000 },
    );
  });

  test('may be nested as deeply as it likes', () => {
    const depth = 100_000;
    let inner = inPieces('[{"a":'.repeat(depth) + '1' + '}]'.repeat(depth));
    for (let level = 0; level < depth; level += 1) {
      if (!Array.isArray(inner) || inner.length !== 1) throw new Error(`no list at level ${level}`);
      inner = Reflect.get(inner[0], 'a');
    }
    expect(inner).toBe(1);
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
      'ordinary records',
      listOf(
        JSON.stringify({
          id: 1,
          title: 'Coffee of the house, 250 g, whole beans, washed, from the shop at the corner',
          price: '12.50',
          lines: [{ product_id: 2 }],
        }),
      ),
    ],
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
  ])('of 4 MiB is read between other work, in a time that grows with its size: %s', async (what, json) => {
    const begun = performance.now();
    const { user, system } = process.cpuUsage();
    const { turns, result } = await countTurns(() => readLongJson(json));
    expect(result.ok).toBe(true);
    const used = process.cpuUsage({ user, system });
    // The machine may be busy.
    const tookMs = Math.min((used.user + used.system) / 1_000, performance.now() - begun);
    process.stdout.write(`4 MiB of ${what}: ${Math.round(tookMs)} ms of CPU in ${turns} turns\n`);
    // Looking for each quote from each number took 5 to 16 seconds on an idle machine.
    expect(tookMs).toBeLessThan(3_000);
    const hasMany = result.ok && Array.isArray(result.value) && result.value.length > 1;
    expect(turns).toBeGreaterThanOrEqual(hasMany ? 0.9 * (size / PIECE) : 0);
  });

  test.each([
    ['empty objects', '{}'],
    ['digits', '1'],
    ['lists', '[[],[]]'],
  ])('of more values than records have is not read: %s', async (_what, entry) => {
    expect((await readLongJson(listOf(entry))).ok).toBe(false);
    expect((await readLongJson(`[${entry},${entry}]`)).ok).toBe(true);
  });
});
