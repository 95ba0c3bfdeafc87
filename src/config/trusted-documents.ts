import { IsNotEmpty, IsString } from 'class-validator';
import type { ReadFile } from './config-file.js';
import { type ConfigProblem, configProblem } from './problem.js';
import { OptionalSwitch } from './rules.js';
import { Setting } from '../domain/setting.js';

/** Documents that clients may name by hash instead of sending them. */
export interface TrustedDocuments {
  /** Text of each document by its hash, normalized by `toHash`. */
  readonly texts: ReadonlyMap<string, string>;
  /** Whether all other documents are rejected. */
  readonly only: boolean;
}

export class TrustedDocumentsSection {
  @Setting('Path of a manifest, as written by the client preset, Relay or Apollo.')
  @IsNotEmpty()
  @IsString()
  readonly manifest: string = '';

  @Setting('Rejects all other documents.', { default: false })
  @OptionalSwitch()
  readonly only?: boolean | null;
}

/** Normalizes a hash, which manifests and clients may write in either case and prefix with the name of the algorithm. */
export function toHash(id: string): string {
  const hash = id.replace(/^sha\d+:/i, '');
  return /^[0-9a-f]{16,}$/i.test(hash) ? hash.toLowerCase() : hash;
}

const PATH = 'server.trustedDocuments.manifest';

export function checkTrustedDocuments(
  section: TrustedDocumentsSection | null,
  readFile: ReadFile,
): { readonly trustedDocuments: TrustedDocuments | null; readonly problems: readonly ConfigProblem[] } {
  if (typeof section?.manifest !== 'string' || section.manifest === '') return { trustedDocuments: null, problems: [] };
  const manifest = readManifest(section.manifest, readFile);
  if (typeof manifest === 'string') return { trustedDocuments: null, problems: [configProblem(PATH, manifest)] };
  return { trustedDocuments: { texts: manifest, only: section.only ?? false }, problems: [] };
}

/** Reads the texts by their hashes, or says what is wrong with the file. */
function readManifest(path: string, readFile: ReadFile): ReadonlyMap<string, string> | string {
  let file: string;
  try {
    file = readFile(path);
  } catch {
    return 'must name a file that can be read';
  }
  let manifest: unknown;
  try {
    manifest = JSON.parse(file);
  } catch {
    return `${EXPECTED}; the file is not JSON`;
  }
  const entries = entriesOf(manifest);
  if (typeof entries === 'string') return `${EXPECTED}; ${entries}`;
  return new Map(entries.map(([id, text]) => [toHash(id), text]));
}

const EXPECTED =
  'must name a manifest of the client preset or of Relay (an object of documents by hash), or of Apollo ' +
  '(`apollo-persisted-query-manifest`)';

/** Returns the entries of what tools write, or else what was found. */
function entriesOf(manifest: unknown): readonly [string, string][] | string {
  if (Array.isArray(manifest)) return 'a list was found';
  if (typeof manifest !== 'object' || manifest === null)
    return `${manifest === null ? 'null' : typeof manifest} was found`;
  if ('format' in manifest && 'operations' in manifest) return entriesOfApollo(manifest.format, manifest.operations);
  const entries = Object.entries(manifest);
  if (entries.length === 0) return 'an empty object was found';
  const odd = entries.find((entry) => !isTextEntry(entry));
  return odd ? `\`${odd[0]}\` is no document` : entries.filter(isTextEntry);
}

/**
 * Returns the entries of Apollo's format, or else what was found.
 * See https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format
 */
function entriesOfApollo(format: unknown, operations: unknown): readonly [string, string][] | string {
  if (format !== 'apollo-persisted-query-manifest') return `the format ${JSON.stringify(format)} was found`;
  if (!Array.isArray(operations) || operations.length === 0) return 'a manifest of Apollo without operations was found';
  const entries = operations.map((operation: unknown): unknown[] => {
    const { id, body }: { readonly id?: unknown; readonly body?: unknown } = { ...Object(operation) };
    return [id, body];
  });
  const texts = entries.filter((entry): entry is [string, string] =>
    entry.every((each) => typeof each === 'string' && each !== ''),
  );
  return texts.length === entries.length ? texts : 'an operation without `id` or `body` was found';
}

function isTextEntry(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string' && entry[1] !== '';
}
