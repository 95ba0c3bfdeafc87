import { randomBytes } from 'node:crypto';
import { standardClaims } from '../auth/claim-rules.js';
import { mintToken } from '../auth/mint-token.js';
import type { TokenRules } from '../auth/token-rules.js';
import { toActor } from '../auth/claims.js';
import type { Actor } from '../domain/actor.js';
import type { Clock } from '../domain/moment.js';
import type { SandboxEntry } from '../emulators/kit/definition.js';

/** Somebody to be in the sandbox. */
export interface SandboxShopper {
  readonly key: 'customer' | 'recognised' | 'second' | 'guest';
  readonly name: string;
  readonly about: string;
  readonly token: string;
  readonly customers: Readonly<Record<string, string>>;
  readonly orders: Readonly<Record<string, readonly string[]>>;
}

const SCOPES = ['upsell:read', 'upsell:write'] as const;
const TOKEN_LIFETIME_SECONDS = 30 * 86_400;

/**
 * Makes the shoppers of a sandbox with a token each. The secret is a new one for each start: a configuration that is
 * copied from a sandbox must not let anybody in elsewhere.
 */
export async function createSandboxShoppers(
  entries: readonly SandboxEntry[],
  clock: Clock,
): Promise<{ readonly demo: Actor; readonly shoppers: readonly SandboxShopper[]; readonly rules: TokenRules }> {
  const secret = randomBytes(32).toString('base64url');
  const rules: TokenRules = {
    key: { kind: 'secret', secret },
    issuer: 'https://login.sandbox.example',
    audience: 'upsell-graph-sandbox',
    clockToleranceSeconds: 5,
    claims: standardClaims,
  };
  const own = Object.fromEntries(entries.map(({ account, shopper }) => [account.key, shopper.customerId]));
  const drafts = [
    {
      key: 'customer',
      kind: 'customer',
      name: 'Dana, a customer',
      about: 'Logged in, known at every account. Also who you are without a token.',
      customers: own,
      orders: {},
    },
    {
      key: 'recognised',
      kind: 'recognised',
      name: 'Dana, recognised',
      about: 'The same shopper after a click in a mail: known, not logged in. Sees and may do less.',
      customers: own,
      orders: {},
    },
    {
      key: 'second',
      kind: 'customer',
      name: 'Another customer',
      about: 'Sees none of Dana’s orders, and she none of theirs.',
      customers: Object.fromEntries(
        entries.flatMap(({ account, secondShopper }) =>
          secondShopper ? [[account.key, secondShopper.customerId] as const] : [],
        ),
      ),
      orders: {},
    },
    {
      key: 'guest',
      kind: 'guest',
      name: 'A guest',
      about: 'Bought without an account; the token names the purchases.',
      customers: {},
      orders: Object.fromEntries(entries.flatMap(guestOrdersOf)),
    },
  ] as const;
  const shoppers = await Promise.all(
    drafts.map(async ({ kind, ...draft }) => {
      const claims = { kind, sub: `sandbox-${draft.key}`, scopes: SCOPES, ...pick(draft) };
      const token = await mintToken({ ...claims, lifetimeSeconds: TOKEN_LIFETIME_SECONDS }, rules, secret, clock());
      return { ...draft, token };
    }),
  );
  const demo = toActor({ kind: 'customer', sub: 'sandbox-customer', scope: [...SCOPES], customers: own });
  if (!demo) throw new TypeError('An emulator names no customer for its sandbox.');
  return { demo, shoppers, rules };
}

function pick({ customers, orders }: Pick<SandboxShopper, 'customers' | 'orders'>) {
  return { customers, orders };
}

function guestOrdersOf({ account, records }: SandboxEntry): readonly (readonly [string, readonly string[]])[] {
  const ids = records.filter(({ owner }) => owner === 'guest').map(({ providerId }) => providerId);
  return ids.length === 0 ? [] : [[account.key, ids]];
}
