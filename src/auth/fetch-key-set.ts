import type { JSONWebKeySet } from 'jose';

const TIMEOUT_MS = 5_000;
/** Sets of issuers have a few kilobytes. */
const MAX_BYTES = 256 * 1024;

/** Fetches what an issuer publishes: one small document, from the very place that is configured. Throws when there is none. */
export async function fetchKeySet(url: string): Promise<JSONWebKeySet> {
  const response = await fetch(url, {
    headers: { accept: 'application/json, application/jwk-set+json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`the issuer answered ${response.status} when it was asked for its keys`);
  }
  const set: JSONWebKeySet = JSON.parse(await readText(response));
  return set;
}

/** Reads a body of no more than the limit, however it was encoded on the way. */
async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error(`the issuer's keys are longer than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
