import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import type { DatabaseLocation } from './database.js';
import { StorageProblem } from './storage-problem.js';

const KEY_BYTES = 32;

/**
 * The keys the data key may be sealed with, newest first: those of the configuration, else the one in a file beside the
 * embedded ledger. That file is made for a ledger that has no data key yet. Throws `StorageProblem`.
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

/** Whole or not at all, and never over another one: processes may start together. */
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
