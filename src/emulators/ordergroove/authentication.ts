import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { MerchantRecord } from './records.js';
import { authenticationFailed } from './refusals.js';

/** Who calls. https://developer.ordergroove.com/reference/authentication */
export type Caller =
  | { readonly scope: 'application'; readonly bulk: boolean }
  | { readonly scope: 'storefront'; readonly customer: string; readonly isRecognised: boolean };

/** The least trusted caller an endpoint is open to. */
export type Access = 'recognised' | 'storefront' | 'application';

const SIGNATURE_LIFETIME_SECONDS = 2 * 60 * 60;

export function authenticate(headers: IncomingHttpHeaders, merchant: MerchantRecord, now: Date): Caller {
  const key = headers['x-api-key'];
  if (typeof key === 'string') {
    const apiKey = merchant.apiKeys.find((each) => each.key === key);
    if (!apiKey) throw authenticationFailed();
    return { scope: 'application', bulk: apiKey.bulk };
  }
  return storefrontCaller(headers.authorization, merchant, now);
}

export function authorise(caller: Caller, access: Access): void {
  if (caller.scope === 'application' || access === 'recognised') return;
  if (access === 'application' || caller.isRecognised) throw authenticationFailed();
}

/** Signs `customer|ts`, or `customer|recognized|ts` with the trust level, by HMAC-SHA256 in Base64. */
export function storefrontSignature(key: string, customer: string, ts: string, isRecognised = false): string {
  const message = isRecognised ? `${customer}|recognized|${ts}` : `${customer}|${ts}`;
  return createHmac('sha256', key).update(message, 'utf8').digest('base64');
}

/** Authenticates a storefront by its header. The header's value is the JSON object itself, without a scheme word. */
function storefrontCaller(header: string | undefined, merchant: MerchantRecord, now: Date): Caller {
  const fields = jsonFields(header ?? '');
  const customer = fields.get('sig_field');
  const signature = fields.get('sig');
  const ts = digits(fields.get('ts'));
  const trust = fields.get('trust_level');
  if (typeof customer !== 'string' || typeof signature !== 'string' || ts === null) throw authenticationFailed();
  if (fields.get('public_id') !== merchant.id) throw authenticationFailed();
  if (trust !== undefined && trust !== 'recognized') throw authenticationFailed();

  const isRecognised = trust === 'recognized';
  const expected = storefrontSignature(merchant.storefrontKey, customer, ts, isRecognised);
  const age = now.getTime() / 1000 - Number(ts);
  if (!isEqual(signature, expected) || Math.abs(age) > SIGNATURE_LIFETIME_SECONDS) throw authenticationFailed();
  return { scope: 'storefront', customer, isRecognised };
}

function jsonFields(text: string): ReadonlyMap<string, unknown> {
  try {
    // Node hands header bytes over as Latin-1; signed customer ids are UTF-8.
    const value: unknown = JSON.parse(Buffer.from(text, 'latin1').toString('utf8'));
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}

/** Returns the digits of `ts`, which is a number in the official client and text in one sample of the documentation. */
function digits(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^\d+$/u.test(text) ? text : null;
}

function isEqual(actual: string, expected: string): boolean {
  const [left, right] = [Buffer.from(actual), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
