import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import type { DatabaseLocation } from './database.js';
import { StorageProblem } from './storage-problem.js';

const KEY_BYTES = 32;

/**
 * Returns the keys that may seal the data key, newest first: the configured ones, or the one in a file beside the
 * embedded ledger. Creates that file for a new ledger. Throws `StorageProblem`.
 */
export function encryptionKeysFor(
  { url, file, encryptionKeys = [] }: DatabaseLocation,
  isNew: boolean,
): readonly string[] {
  if (encryptionKeys.length > 0) return encryptionKeys;
  if (url !== null) throw new StorageProblem('A ledger in a database needs storage.encryptionKey.');
  const path = `${file}.key`;
  try {
    if (isNew) makeKeyFile(path);
    return [readFileSync(path, 'utf8').trim()];
  } catch (error) {
    throw new StorageProblem(
      `The key of the ledger, ${path}, cannot be ${isNew ? 'made' : 'read'}. Restore it, or set storage.encryptionKey.`,
      { cause: error },
    );
  }
}

/** Creates the file atomically and never overwrites one, because processes may start together. */
function makeKeyFile(path: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
}
