import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookDelivery, WebhookEvent, WebhookReader } from '../../domain/webhook.js';
import { isJsonObject, type JsonObject } from './decode.js';
import { readJson } from './json.js';

/** How a provider signs: an HMAC-SHA256 over a prefix and the body. */
export interface SignatureScheme {
  /** Reads the signature headers; null when they are missing or malformed. */
  signatureIn(headers: WebhookDelivery['headers']): DeliverySignature | null;
  readonly encoding: 'hex' | 'base64';
  /** Derives the key from a configured secret, which is the key when absent. */
  keyOf?(secret: string): Uint8Array;
  /** Longest time between signing and arrival. */
  readonly toleranceSeconds: number;
  /** Reads a verified delivery. */
  eventIn(body: Uint8Array, signature: DeliverySignature): WebhookEvent;
}

export interface DeliverySignature {
  /** What stands before the body in the signed text. */
  readonly prefix: string;
  readonly unixSeconds: number;
  /** Several while a secret is rotated. */
  readonly signatures: readonly string[];
}

/** Signatures and secrets that are tried: more are no rotation. */
const MAX_SIGNATURES = 5;

export function webhookReader(scheme: SignatureScheme): WebhookReader {
  return {
    read({ headers, body }, secrets, now) {
      const signature = scheme.signatureIn(headers);
      if (!signature || !Number.isSafeInteger(signature.unixSeconds)) return { outcome: 'unsigned' };
      const ageSeconds = now.getTime() / 1_000 - signature.unixSeconds;
      if (Math.abs(ageSeconds) > scheme.toleranceSeconds) return { outcome: 'stale' };
      if (!secrets.some((secret) => isSignedWith(secret, signature, body, scheme)))
        return { outcome: 'wrong_signature' };
      return { outcome: 'accepted', event: scheme.eventIn(body, signature) };
    },
  };
}

function isSignedWith(
  secret: string,
  { prefix, signatures }: DeliverySignature,
  body: Uint8Array,
  { encoding, keyOf = Buffer.from }: SignatureScheme,
): boolean {
  const expected = createHmac('sha256', keyOf(secret)).update(prefix).update(body).digest();
  return signatures.slice(0, MAX_SIGNATURES).some((signature) => {
    const given = Buffer.from(signature, encoding);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** Identifies an event without an identifier of its own by what was signed. */
export function digestOf({ prefix }: Pick<DeliverySignature, 'prefix'>, body: Uint8Array): string {
  return createHash('sha256').update(prefix).update(body).digest('base64url');
}

/** Reads `t=1,v1=…` style headers: the values of each name, in order. */
export function pairsIn(header: string | undefined): ReadonlyMap<string, readonly string[]> {
  const pairs = new Map<string, string[]>();
  for (const entry of (header ?? '').split(',', 2 * MAX_SIGNATURES)) {
    const [, name, value] = /^\s*([a-z0-9]+)=(\S+)\s*$/.exec(entry) ?? [];
    if (name === undefined || value === undefined) continue;
    pairs.set(name, [...(pairs.get(name) ?? []), value]);
  }
  return pairs;
}

export function toUnixSeconds(text: string | undefined): number {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
}

/** Reads the JSON object of a verified body; an empty one for anything else, since a signed delivery is accepted whatever it says. */
export function objectInBody(text: string): JsonObject {
  const json = readJson(text);
  return json.ok ? objectIn(json.value) : {};
}

export function objectIn(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** Returns the texts among the values, each once. */
export function textsAmong(values: readonly unknown[]): readonly string[] {
  return [...new Set(values.filter((value) => typeof value === 'string' && value !== ''))].map(String);
}
