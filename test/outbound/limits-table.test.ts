import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { providers } from '../../src/providers/index.js';

test('the documentation states the limits of every provider as they are', () => {
  const text = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const table = /\| provider .*?\n\n/s.exec(text.slice(text.indexOf('**Limits.**')))?.[0] ?? '';
  const shown = table.split('\n').slice(2, -2).map(cellsOf);
  const known = Object.entries(providers).flatMap(([provider, { limits }]) =>
    Object.entries(limits).map(([name, { parallel, rate }], index) => [
      index === 0 ? provider : '',
      `\`${name}\``,
      String(parallel ?? ''),
      rate ? `${rate.calls} in ${rate.seconds}` : '',
    ]),
  );
  expect(shown.map(([provider, name, _what, ...figures]) => [provider, name, ...figures])).toEqual(known);
});

function cellsOf(row: string): readonly string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
