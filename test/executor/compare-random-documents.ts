import { isDeepStrictEqual } from 'node:util';
import { execute, OverlappingFieldsCanBeMergedRule, parse, validate } from 'graphql';
import { compilableOperation } from '../../src/server/executor/compilable.js';
import { createExecutor } from '../../src/server/executor/executor.js';
import { decided, onTheWire, withoutBlame } from './answers.js';
import { buildLibrary } from './library.js';
import { RandomQueries } from './random-query.js';

const [documents = 0, seed = 1] = process.argv.slice(2).map(Number);

const pool = {
  ID: ['b1', 'b2', 'p1', 'p2', 'r1', 'nobody'],
  String: ['any', '', 'some'],
  Int: [0, 1, 2, 5],
  Boolean: [true, false],
};

/** Mulberry32: small, quick, and the same everywhere. */
function randomFrom(start: number): (limit: number) => number {
  let state = start;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

const schema = buildLibrary();
const queries = new RandomQueries(schema, pool, randomFrom(seed), { depth: 3, width: 3 });
const run = createExecutor(schema, { compiledFromUse: 1 });
const count = { compared: 0, compiled: 0, withErrors: 0, withNull: 0 };
while (count.compared < documents) {
  const { source, variables } = queries.next();
  const document = parse(source);
  // The other rules hold by the way a document is written.
  if (validate(schema, document, [OverlappingFieldsCanBeMergedRule], { maxErrors: 1 }).length > 0) continue;
  const expected = onTheWire(await execute({ schema, document, variableValues: variables }));
  const wanted = JSON.stringify(expected);
  const got = JSON.stringify(onTheWire(withoutBlame(await run(decided(document, variables)))));
  // A field left out keeps its place for another of the same name; else the order of fields counts as well.
  const isEqual = got === wanted || (source.includes('@') && isDeepStrictEqual(JSON.parse(got), JSON.parse(wanted)));
  if (!isEqual) throw new Error(`${source}\n${JSON.stringify(variables)}\nwas answered ${got}\nin place of ${wanted}`);
  count.compared += 1;
  if (compilableOperation(schema, document)) count.compiled += 1;
  if (expected.errors.length > 0) count.withErrors += 1;
  if (Object.values(variables).includes(null)) count.withNull += 1;
}

process.stdout.write(JSON.stringify(count));
