import * as fc from 'fast-check';

/** One change of a JSON text whose content is not known when the change is made up. */
export interface Mutation {
  /** Which child to step into at each level, counted round. */
  readonly steps: readonly number[];
  readonly change: Change;
}

type Change =
  | { readonly kind: 'drop' | 'listed' | 'repeated' | 'deep' }
  | { readonly kind: 'replace'; readonly value: unknown }
  | { readonly kind: 'property'; readonly name: string; readonly value: unknown }
  | { readonly kind: 'text'; readonly make: 'html' | 'empty' | 'cut' | 'deep' | 'noise' | 'null' | 'list' | 'text' };

const strangeValues: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  2 ** 31,
  true,
  false,
  [],
  {},
  [null],
  [[]],
  'null',
  'NaN',
  '-0',
  '9'.repeat(400),
  '1e999',
  '<html><body>502</body></html>',
  '9999-99-99T99:99:99Z',
  '+275760-09-13T00:00:00.001Z',
  '0000-00-00',
  '\u0000',
  '\uD800',
  '../../etc/passwd',
  'toString',
  '__proto__',
  { $date: 'x', $money: ['x'] },
  { amount: null, currency: {} },
];

/** What a prototype-blind reader would trip over. */
const strangeNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', 'then', 'toJSON', 'errors'];

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('replace' as const), value: fc.constantFrom(...strangeValues) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('drop' as const, 'listed' as const, 'repeated' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deep' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('replace' as const), value: fc.jsonValue({ maxDepth: 2 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('property' as const),
      name: fc.constantFrom(...strangeNames),
      value: fc.constantFrom(...strangeValues),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('text' as const),
      make: fc.constantFrom('html', 'empty', 'cut', 'deep', 'noise', 'null', 'list', 'text' as const),
    }),
  },
);

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  steps: fc.array(fc.nat(200), { maxLength: 8 }),
  change,
});

/** The text changed; one that is not JSON stays what it is. */
export function mutateText(text: string, { steps, change: made }: Mutation): string {
  if (made.kind === 'text') return spoilt(text, made.make);
  const value = tryParse(text);
  if (value === undefined) return text;
  const changedValue = mutate(value, steps, made);
  // Nothing is left where the whole was dropped.
  return changedValue === undefined ? '' : JSON.stringify(changedValue);
}

/** A copy of the value, changed where the steps lead. */
export function mutateValue(value: unknown, { steps, change: made }: Mutation): unknown {
  return mutate(value, steps, made);
}

function mutate(value: unknown, [step, ...rest]: readonly number[], made: Change): unknown {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const key = step === undefined ? undefined : keys[step % Math.max(keys.length, 1)];
  if (key === undefined) return changed(value, made);
  if (Array.isArray(value)) {
    const index = Number(key);
    const isDropped = rest.length === 0 && made.kind === 'drop';
    return isDropped
      ? value.toSpliced(index, 1)
      : value.with(index, rest.length === 0 ? changed(value[index], made) : mutate(value[index], rest, made));
  }
  const entries = Object.entries(Object(value)).filter(
    ([name]) => !(name === key && rest.length === 0 && made.kind === 'drop'),
  );
  return withEntries(entries.map(([name, entry]) => [name, name === key ? mutate(entry, rest, made) : entry]));
}

/** Also `__proto__` as an ordinary property, as `JSON.parse` makes it. */
function withEntries(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries);
}

function changed(value: unknown, made: Change): unknown {
  switch (made.kind) {
    case 'replace':
      return made.value;
    case 'listed':
      return [value];
    case 'repeated':
      return Array.isArray(value) ? Array.from({ length: 20 }, () => value).flat() : value;
    case 'deep':
      return Array.from({ length: 400 }).reduce((inner: unknown) => ({ nested: [inner] }), value);
    case 'property':
      return withEntries([...Object.entries(Object(value)), [made.name, made.value]]);
    case 'drop':
    case 'text':
      return undefined;
  }
}

function spoilt(text: string, make: Extract<Change, { kind: 'text' }>['make']): string {
  switch (make) {
    case 'html':
      return '<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>';
    case 'empty':
      return '';
    case 'cut':
      return text.slice(0, text.length / 2);
    case 'deep':
      return '['.repeat(50_000) + ']'.repeat(50_000);
    case 'noise':
      return '\u0000\uFEFF\uFFFD{';
    case 'null':
      return 'null';
    case 'list':
      return '[]';
    case 'text':
      return '"OK"';
  }
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
