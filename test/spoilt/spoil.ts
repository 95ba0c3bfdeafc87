/** One field of one object in an answer, and what stands there instead. */
export interface Spoil {
  /** Where the object is in the answer. */
  readonly path: readonly (string | number)[];
  readonly field: string;
  readonly kind: SpoilKind;
}

const kinds = ['absent', 'null', 'object', 'list', 'other type', 'out of range', 'unknown word'] as const;
export type SpoilKind = (typeof kinds)[number];

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every way to spoil every field of every kind of object in an answer. Of several objects of a kind, the middle one. */
export function spoilsOf(answer: unknown): readonly Spoil[] {
  const paths = new Map<string, (readonly (string | number)[])[]>();
  for (const path of objectPaths(answer, [])) {
    const shape = path.map((step) => (typeof step === 'number' ? '[]' : step)).join('.');
    paths.set(shape, [...(paths.get(shape) ?? []), path]);
  }
  return [...paths.values()].flatMap((alike) => {
    const path = alike[Math.floor(alike.length / 2)] ?? [];
    const fields = Object.keys(Object(at(answer, path)));
    return fields.flatMap((field) => kinds.map((kind) => ({ path, field, kind })));
  });
}

export function* objectPaths(
  value: unknown,
  path: readonly (string | number)[],
): Generator<readonly (string | number)[]> {
  if (isRecord(value)) yield path;
  const entries = Array.isArray(value) ? value.entries() : isRecord(value) ? Object.entries(value) : [];
  for (const [step, each] of entries) yield* objectPaths(each, [...path, step]);
}

export function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, step) => Object(inner)[step], value);
}

/** A copy of the answer with one field spoilt. */
export function spoil(answer: unknown, { path, field, kind }: Spoil): unknown {
  const copy: unknown = structuredClone(answer);
  const target = Object(at(copy, path));
  if (kind === 'absent') delete target[field];
  else target[field] = spoiltValue(target[field], kind);
  return copy;
}

const LONG_AGO_OR_FAR_AHEAD = '9999-12-31T23:59:59Z';

function spoiltValue(value: unknown, kind: Exclude<SpoilKind, 'absent'>): unknown {
  switch (kind) {
    case 'null':
      return null;
    case 'object':
      return { strange: true };
    case 'list':
      return [{ strange: true }, 7];
    case 'other type':
      return typeof value === 'number' ? 'seven' : typeof value === 'boolean' ? 7 : 3.5;
    case 'out of range':
      // As a Unix time in microseconds, and as a day no shop plans for.
      return typeof value === 'number' ? 1_795_000_000_000_000 : LONG_AGO_OR_FAR_AHEAD;
    case 'unknown word':
      return 'unheard-of';
  }
}
