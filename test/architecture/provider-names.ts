import { parseSync } from '@swc/core';
import { nodesIn } from './source-facts.js';

/** The ways in which code names a provider. */
export interface ProviderName {
  /** In the registry, as in `src/providers/<word>`. */
  readonly word: string;
  /** Of the schema. */
  readonly key: string;
  readonly title: string;
}

/** What a file names in its identifiers, texts and imports, and not in its comments. */
export interface NamesInFile {
  readonly path: string;
  /** The words of providers. */
  readonly words: readonly string[];
  /** It goes through all providers there are. */
  readonly isOfAll: boolean;
}

/** Reads which providers a file names. */
export function namesIn(path: string, source: string, providers: readonly ProviderName[]): NamesInFile {
  const texts = new Set<string>();
  for (const node of nodesIn(parseSync(source, { syntax: 'typescript', decorators: true, target: 'es2022' }))) {
    const text = TEXTS.has(String(node['type'])) ? (node['raw'] ?? node['value'] ?? node['pattern']) : null;
    if (typeof text === 'string') texts.add(text);
  }
  const all = [...texts].join('\n');
  return {
    path,
    words: providers.filter((provider) => patternOf(provider).test(all)).map(({ word }) => word),
    isOfAll: OF_ALL.test(source),
  };
}

const TEXTS = new Set(['Identifier', 'StringLiteral', 'TemplateElement', 'RegExpLiteral']);
/** The values of the registry alone are what a schema is built of. */
const OF_ALL = /\bsubjects\/(?:index|parts)\.js|Object\.(?:keys|entries)\((?:providers|emulators|known\w+)\)/;

/** `appstle-us`, `emulators/appstle`, `appstleScenarios`, `ofAppstle`, `APPSTLE`; `central` is no Centra. */
function patternOf({ word, key, title }: ProviderName): RegExp {
  const capital = `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  return new RegExp(`(?:(?<![a-zA-Z])${word}|${capital}|${key}|${title})(?![a-z])`);
}

/** A file, or a folder with the slash after it, that may name some providers. */
export interface Exception {
  readonly place: string;
  readonly words: readonly string[];
  readonly why: string;
}

/**
 * Lists the providers that files name without being an exception, and the exceptions that are none. The `examples` may be
 * named by whatever is about any one provider, and not by what goes through all of them.
 */
export function unexpectedNames(
  files: readonly NamesInFile[],
  examples: readonly string[],
  exceptions: readonly Exception[],
): readonly string[] {
  const used = new Set<string>();
  const unexpected = files.flatMap(({ path, words, isOfAll }) =>
    words.flatMap((word) => {
      const given = exceptions.filter((each) => isAt(path, each.place) && each.words.includes(word));
      for (const { place } of given) used.add(`${place} ${word}`);
      if (given.length > 0 || (!isOfAll && examples.includes(word))) return [];
      return `${path} names ${word}: what differs by provider belongs to test/subjects/${word}`;
    }),
  );
  const useless = exceptions.flatMap(({ place, words }) =>
    words.filter((word) => !used.has(`${place} ${word}`)).map((word) => `${place} is no exception for ${word}`),
  );
  return [...unexpected, ...useless];
}

function isAt(path: string, place: string): boolean {
  return place.endsWith('/') ? path.startsWith(place) : path === place;
}
