import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { minifySync, transformSync } from '@swc/core';
import { buildSchema, parse, validate } from 'graphql';
import { countdown, match } from '../../packages/client/src/index.js';

const folder = 'packages/client';
const sourceOf = (name: string) => readFileSync(`${folder}/src/${name}.ts`, 'utf8');

describe('the package of the client', () => {
  test('has no dependencies, and at most 6 KB compressed of all its modules but the hooks', () => {
    const { dependencies } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    expect(dependencies).toBeUndefined();
    const modules = ['index', 'client', 'outcome', 'key', 'storage', 'countdown', 'match', 'sse', 'adapters/urql'];
    const minified = modules.map((name) => {
      const { code } = transformSync(sourceOf(name), { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } });
      return minifySync(code, { module: true }).code;
    });
    expect(gzipSync(minified.join('\n')).length).toBeLessThanOrEqual(6 * 1024);
  });

  test('carries fragments that the schema accepts', () => {
    const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
    const document = parse(`${readFileSync(`${folder}/fragments.graphql`, 'utf8')}
      { upcomingOrders { nodes { ...OrderCard offers { ...OfferCard } } }
        operation(id: "1") { errors { ...ProblemParts } } }`);
    expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
  });

  test('asks for operations in a way that the schema accepts', () => {
    const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
    const source = sourceOf('client');
    const [, fields = ''] = /OPERATION = '([^']+)'/.exec(source) ?? [];
    const documents = [...source.matchAll(/= `((?:query|subscription) .*)`;/g)].map(([, text = '']) =>
      text.replace('${OPERATION}', fields),
    );
    expect(documents).toHaveLength(2);
    for (const text of documents) expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
  });
});

describe('a countdown', () => {
  const clocks = { steadyMs: 0, wallMs: 0 };
  const from = (secondsLeft: number | null, state = 'OPEN') =>
    countdown({ state, secondsLeft }, { steady: () => clocks.steadyMs, wall: () => clocks.wallMs });

  test('never shows more than the graph said, whatever the clocks do', () => {
    const counter = from(100);
    clocks.wallMs -= 3_600_000;
    expect(counter.secondsLeft()).toBe(100);
    clocks.steadyMs += 40_500;
    expect(counter.secondsLeft()).toBe(59);
    // The computer slept: the steady clock stood still.
    clocks.wallMs += 3_600_000 + 90_000;
    expect(counter.secondsLeft()).toBe(10);
    clocks.steadyMs += 100_000;
    expect([counter.secondsLeft(), counter.state()]).toEqual([0, 'CLOSED']);
  });

  test('says nothing where the graph does not', () => {
    expect([from(null).secondsLeft(), from(null, 'UNKNOWN').state()]).toEqual([null, 'UNKNOWN']);
  });
});

describe('match', () => {
  const texts = { PaymentError: () => 'pay', other: ({ __typename }: { __typename: string }) => __typename };

  test('takes the case of a type, and the other one for a type that is new', () => {
    expect(match({ __typename: 'PaymentError' }, texts)).toBe('pay');
    expect(match({ __typename: 'NewError' }, texts)).toBe('NewError');
    expect(match({ __typename: 'toString' }, texts)).toBe('toString');
  });
});
