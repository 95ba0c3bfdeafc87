import { type ConfigProblem, configProblem, pathTo } from './problem.js';

export type Environment = Readonly<Record<string, string | undefined>>;

const VARIABLE = /\$\{([^}]*)(\}?)/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Replaces every `${NAME}` in the texts of a tree from the environment. */
export function fillVariables(
  tree: unknown,
  environment: Environment,
  path = '',
): { readonly tree: unknown; readonly problems: readonly ConfigProblem[] } {
  if (typeof tree === 'string') return fillText(tree, environment, path);
  if (Array.isArray(tree)) {
    const filled = tree.map((entry: unknown, index) => fillVariables(entry, environment, pathTo(path, index)));
    return { tree: filled.map((entry) => entry.tree), problems: filled.flatMap(({ problems }) => problems) };
  }
  if (typeof tree !== 'object' || tree === null) return { tree, problems: [] };
  const filled = Object.entries(tree).map(
    ([key, value]) => [key, fillVariables(value, environment, pathTo(path, key))] as const,
  );
  return {
    tree: Object.fromEntries(filled.map(([key, entry]) => [key, entry.tree])),
    problems: filled.flatMap(([, { problems }]) => problems),
  };
}

function fillText(text: string, environment: Environment, path: string) {
  const problems: ConfigProblem[] = [];
  const filled = text.replaceAll(VARIABLE, (_whole, name: string, end: string) => {
    const value = environment[name];
    if (!NAME.test(name) || end === '') problems.push(configProblem(path, 'A variable is written ${NAME}.'));
    else if (!value) problems.push(configProblem(path, `The environment variable ${name} is not set.`));
    return value ?? '';
  });
  return { tree: filled, problems };
}
