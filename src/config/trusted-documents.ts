import { IsBoolean, IsNotEmpty, IsOptional, IsString } from 'class-validator';
import type { ReadFile } from './config-file.js';
import { type ConfigProblem, configProblem } from './problem.js';

/** Documents that clients may name by hash instead of sending them. */
export interface TrustedDocuments {
  /** Text of each document by its hash, normalized by `toHash`. */
  readonly texts: ReadonlyMap<string, string>;
  /** Whether all other documents are rejected. */
  readonly only: boolean;
}

export class TrustedDocumentsSection {
  /** Path of `persisted-documents.json`, as written by codegen for `persistedDocuments`. */
  @IsNotEmpty()
  @IsString()
  readonly manifest: string = '';

  @IsOptional()
  @IsBoolean()
  readonly only?: boolean | null;
}

/** Normalizes a hash, which manifests and clients may prefix with the name of the algorithm. */
export function toHash(id: string): string {
  return id.replace(/^sha\d+:/, '');
}

const PATH = 'server.trustedDocuments.manifest';

export function checkTrustedDocuments(
  section: TrustedDocumentsSection | null,
  readFile: ReadFile,
): { readonly trustedDocuments: TrustedDocuments | null; readonly problems: readonly ConfigProblem[] } {
  if (typeof section?.manifest !== 'string' || section.manifest === '') return { trustedDocuments: null, problems: [] };
  const texts = readManifest(section.manifest, readFile);
  if (!texts) {
    return {
      trustedDocuments: null,
      problems: [configProblem(PATH, 'must name a JSON file that maps hashes to documents')],
    };
  }
  return { trustedDocuments: { texts, only: section.only ?? false }, problems: [] };
}

function readManifest(path: string, readFile: ReadFile): ReadonlyMap<string, string> | null {
  try {
    const manifest: unknown = JSON.parse(readFile(path));
    if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) return null;
    const entries = Object.entries(manifest);
    if (entries.length === 0 || !entries.every(isTextEntry)) return null;
    return new Map(entries.map(([id, text]) => [toHash(id), text]));
  } catch {
    return null;
  }
}

function isTextEntry(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string' && entry[1] !== '';
}
