import { failed, found, type Lookup } from '../../domain/lookup.js';
import { ProviderFailure } from '../../domain/problem.js';
import { isJsonObject, optionalText } from '../kit/decode.js';
import type { Found } from '../kit/batch.js';

/** Rows by their identifier; one that cannot be read costs only itself. */
export function foundIn<T>(rows: readonly unknown[], decode: (value: unknown) => T): Found<T> {
  const found = new Map<string, Lookup<T>>();
  for (const row of rows) {
    const id = isJsonObject(row) ? optionalText(row, 'id') : null;
    if (id !== null) found.set(id, decodeRow(row, decode));
  }
  return found;
}

function decodeRow<T>(row: unknown, decode: (value: unknown) => T): Lookup<T> {
  try {
    return found(decode(row));
  } catch (error) {
    if (error instanceof ProviderFailure) return failed(error.problem);
    throw error;
  }
}
