import { LineCounter, parseDocument, type YAMLError } from 'yaml';
import { type ConfigProblem, configProblem } from './problem.js';

export type ReadFile = (path: string) => string;

/** Parsed file, not yet validated. `tree` is null when there is no file. */
export interface ConfigFile {
  readonly path: string;
  readonly tree: unknown;
  readonly problems: readonly ConfigProblem[];
}

/** Names that every JavaScript object has, and that no setting may have. */
const reservedKeys: ReadonlySet<unknown> = new Set(['__proto__', 'constructor', 'prototype']);

const DEFAULT_PATH = 'upsell-graph.yaml';

/** Reads the file; null when none was named and the default one does not exist. */
export function readConfigFile(namedPath: string | null, readFile: ReadFile): ConfigFile | null {
  const path = namedPath ?? DEFAULT_PATH;
  try {
    return parse(path, readFile(path));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' && namedPath === null) return null;
    const problem = code === null ? unreadable : configProblem('', `The file cannot be read (${code}).`);
    return { path, tree: {}, problems: [problem] };
  }
}

/** Problem of an unreadable file, in our own words because the parser's message may quote the file. */
const unreadable = configProblem(
  '',
  'The file is nested too deeply, or an alias in it leads nowhere, to itself or to too much.',
);

function parse(path: string, text: string): ConfigFile {
  const lineCounter = new LineCounter();
  // The parser's warnings quote the file.
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  if (document.errors.length > 0) {
    return { path, tree: {}, problems: document.errors.map((error) => syntaxProblem(error, lineCounter)) };
  }
  const problems: ConfigProblem[] = [];
  const tree: unknown = document.toJS({
    reviver: (key, value) => {
      if (reservedKeys.has(key)) problems.push(configProblem('', `No setting can be called ${String(key)}.`));
      return value;
    },
  });
  return { path, tree: tree ?? {}, problems };
}

/** Describes a syntax error without the parser's message, which may quote a line that holds a secret. */
function syntaxProblem({ code, pos }: YAMLError, lineCounter: LineCounter): ConfigProblem {
  const { line, col } = lineCounter.linePos(pos[0]);
  const rule = code.toLowerCase().replaceAll('_', ' ');
  return configProblem('', `Line ${line}, column ${col} is not valid YAML (${rule}).`);
}

/** Returns the code of a file system error; null for a parser error. */
function codeOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}
