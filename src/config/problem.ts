/** A mistake in the configuration. Holds no configured value, which may be a secret. */
export interface ConfigProblem {
  /** Path as in the file: `accounts[1].merchantId`. Empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

export function configProblem(path: string, message: string): ConfigProblem {
  return { path, message };
}

/** Returns the path of a setting inside another one. */
export function pathTo(parent: string, key: string | number): string {
  if (typeof key === 'number') return `${parent}[${key}]`;
  return parent === '' ? key : `${parent}.${key}`;
}

/** Keeps the first problem of each path, because later ones are consequences. */
export function firstOfEachPath(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ path }) => {
    const isRepeated = path !== '' && seen.has(path);
    seen.add(path);
    return !isRepeated;
  });
}

export function describeProblems(source: string, problems: readonly ConfigProblem[]): string {
  const count = problems.length === 1 ? 'one mistake' : `${problems.length} mistakes`;
  const lines = problems.map(({ path, message }) => (path === '' ? `  ${message}` : `  ${path}: ${message}`));
  return [`The configuration has ${count} (${source}):`, ...lines].join('\n');
}
