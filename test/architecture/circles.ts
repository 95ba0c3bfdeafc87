import { dirname, join } from 'node:path/posix';
import type { SourceFacts } from './source-facts.js';

/** Files that import each other, be it only for types, and over however many others: one list for each such knot. */
export function circlesAmong(files: readonly Pick<SourceFacts, 'path' | 'imports'>[]): readonly (readonly string[])[] {
  const importsOf = new Map(
    files.map(({ path, imports }) => [
      path,
      imports.filter((name) => name.startsWith('.')).map((name) => join(dirname(path), name).replace(/\.js$/, '.ts')),
    ]),
  );
  const reaches = new Map(files.map(({ path }) => [path, reachedFrom(path, importsOf)]));
  const areKnotted = (one: string, other: string) => reaches.get(one)?.has(other) && reaches.get(other)?.has(one);
  return files.flatMap(({ path }) => {
    const knot = [...(reaches.get(path) ?? [])].filter((other) => areKnotted(path, other)).sort();
    return knot[0] === path ? [knot] : [];
  });
}

/** What a file imports, directly or not; the file itself only when it comes back to it. */
function reachedFrom(path: string, importsOf: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...(importsOf.get(path) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    open.push(...(importsOf.get(next) ?? []));
  }
  return reached;
}
