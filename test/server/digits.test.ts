import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { demoCheckouts } from '../../src/emulators/centra/scenarios/demo-checkouts.js';
import type { OutboundRequest } from '../../src/domain/transport.js';
import { type FullStack, startFullStack } from '../support/full-stack.js';

/** A number as JSON writes it, in its own digits: `1.50e3` and `1500` are one. */
function exactly(number: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const trimmed = digits.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + digits.length - trimmed.length;
  return trimmed === '' ? '0' : `${sign}${trimmed}e${power}`;
}

const jsonNumber = fc.oneof(
  fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.tuple(fc.nat(), fc.stringMatching(/^\d{1,24}$/)).map(([whole, fraction]) => `${whole}.${fraction}`),
  fc.tuple(fc.nat(99), fc.constantFrom('e', 'E', 'e+', 'e-'), fc.nat(400)).map((parts) => parts.join('')),
);

describe('a number that a client sends', () => {
  let stack: FullStack;
  const sent: OutboundRequest[] = [];

  beforeAll(async () => {
    stack = await startFullStack({
      only: ['centra'],
      between: (send) => (request) => {
        sent.push(request);
        return send(request);
      },
    });
  });

  afterAll(() => stack.close());

  let checkouts = 0;

  /** The codes of the errors, and what the provider was sent. */
  async function pay(number: string, isLiteral: boolean) {
    sent.length = 0;
    // The checkout is open again.
    for (const { emulator } of stack.fixtures) emulator.reset();
    checkouts += 1;
    const fields = (name: string) => (isLiteral ? `{ ${name}: [${number}] }` : `{ "${name}": [${number}] }`);
    const input = `accountKey: "centra-se", providerCheckoutId: "${demoCheckouts.coffee}", idempotencyKey: "paying with number ${checkouts}", paymentFields: `;
    const select = '{ completeCheckout(input: @) { errors { code } } }';
    const body = isLiteral
      ? JSON.stringify({ query: `mutation ${select.replace('@', `{ ${input} ${fields('amount')} }`)}` })
      : `{ "query": ${JSON.stringify(`mutation ($fields: JSON!) ${select.replace('@', `{ ${input} $fields }`)}`)}, "variables": { "fields": ${fields('amount')} } }`;
    const { text } = await stack.send(body, { authorization: await stack.bearer() });
    const { errors = [] } = JSON.parse(text);
    const codes: unknown[] = errors.map((error: { extensions: { code: unknown } }) => error.extensions.code);
    const passedOn = sent.flatMap(({ body: out = '' }) => /"amount":\[([^\]]*)\]/.exec(out)?.[1] ?? []);
    return { codes, calls: sent.length, passedOn };
  }

  test.each([false, true])(
    'keeps its digits or is refused before anything is sent (in the document: %s)',
    async (isLiteral) => {
      const kinds = { kept: 0, refused: 0 };
      await fc.assert(
        fc.asyncProperty(jsonNumber, async (number) => {
          const { codes, calls, passedOn } = await pay(number, isLiteral);
          const isRefused = codes.length > 0;
          kinds[isRefused ? 'refused' : 'kept'] += 1;
          const code = isLiteral ? 'GRAPHQL_VALIDATION_FAILED' : 'BAD_USER_INPUT';
          expect({ number, codes, calls: isRefused ? calls : 0 }).toEqual({
            number,
            codes: isRefused ? [code] : [],
            calls: 0,
          });
          expect(passedOn.map(exactly)).toEqual(isRefused ? [] : passedOn.map(() => exactly(number)));
          expect(isRefused || passedOn.length > 0).toBe(true);
        }),
        { numRuns: 150 },
      );
      process.stdout.write(
        `numbers within JSON: ${kinds.kept} passed on with their digits, ${kinds.refused} refused\n`,
      );
      expect(Math.min(kinds.kept, kinds.refused)).toBeGreaterThan(5);
    },
    300_000,
  );

  test('in a body without a bottom is refused like any other bad body', async () => {
    const depth = 100_000;
    const body = `{ "query": "{ __typename }", "variables": { "a": 12345678901234567890, "b": ${'['.repeat(depth)}${']'.repeat(depth)} } }`;
    const { status, text } = await stack.send(body, { authorization: await stack.bearer() });
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
  });

  test('names no other record than its digits do', async () => {
    const body = `{ "query": "query ($id: ID!) { order(id: $id) { id } }", "variables": { "id": 12345678901234567890 } }`;
    const { text } = await stack.send(body, { authorization: await stack.bearer() });
    expect(JSON.parse(text).errors).toEqual([
      expect.objectContaining({ message: 'Variable "$id" is invalid: Expected a value of type "ID!".' }),
    ]);
  });
});
