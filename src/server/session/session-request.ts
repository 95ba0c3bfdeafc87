import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { knownScopes } from '../../auth/claim-rules.js';
import type { NewToken } from '../../auth/mint-token.js';
import { checkSection, isSettings } from '../../config/check-section.js';
import { IsRecordOf, OptionalCount } from '../../config/rules.js';
import type { Actor } from '../../domain/actor.js';

/** Orders and checkouts in one token: it travels with each request. */
const MAX_ORDERS = 20;
const MAX_ID_LENGTH = 200;
const LEAST_LIFETIME_SECONDS = 30;
const LONGEST_LIFETIME_SECONDS = 3_600;

/** Body of a request for a session token. */
class SessionBody {
  /** The shopper, stable across sessions: owns idempotency keys and operations. */
  @MaxLength(MAX_ID_LENGTH)
  @IsNotEmpty()
  @IsString()
  readonly subject: string = '';

  @IsIn(['customer', 'recognised', 'guest'])
  readonly kind: string = '';

  @IsOptional()
  @IsIn(knownScopes, { each: true })
  readonly scopes?: readonly string[];

  @IsOptional()
  @IsRecordOf(isIdentifier, 'must name a customer by account')
  readonly customers?: Readonly<Record<string, string>>;

  @IsOptional()
  @IsRecordOf(isIdentifierList, 'must list orders or checkouts by account')
  readonly orders?: Readonly<Record<string, readonly string[]>>;

  @OptionalCount(LEAST_LIFETIME_SECONDS, LONGEST_LIFETIME_SECONDS)
  readonly lifetimeSeconds?: number | null;
}

export type SessionRequest =
  | { readonly outcome: 'valid'; readonly token: NewToken }
  /** The request breaks a rule. */
  | { readonly outcome: 'invalid'; readonly message: string }
  /** The token would be allowed more than the one it is made for. */
  | { readonly outcome: 'forbidden'; readonly message: string };

interface Issuing {
  readonly service: Actor;
  readonly accounts: readonly string[];
  readonly longestSeconds: number;
}

/** Reads a request for a token that is allowed less than the service that asks. */
export function readSessionRequest(body: unknown, { service, accounts, longestSeconds }: Issuing): SessionRequest {
  if (!isSettings(body)) return { outcome: 'invalid', message: 'The body must be a JSON object.' };
  const { value, problems } = checkSection(SessionBody, body, '');
  const [problem] = problems;
  if (problem) return { outcome: 'invalid', message: `${problem.path} ${problem.message}`.trim() };
  const { subject, kind, customers = {}, orders = {} } = value;
  const message = contradictionIn(kind, customers, orders) ?? unknownAccountIn(customers, orders, accounts);
  if (message !== null) return { outcome: 'invalid', message };
  const scopes = value.scopes ?? service.scopes;
  const foreign = scopes.find((scope) => !service.scopes.some((own) => own === scope));
  if (foreign !== undefined) return { outcome: 'forbidden', message: `The service itself lacks the scope ${foreign}.` };
  const lifetimeSeconds = Math.min(value.lifetimeSeconds ?? longestSeconds, longestSeconds);
  // Operations of a shopper who has a login, or of another service's, stay out of reach.
  const sub = `${service.id} ${subject}`;
  return { outcome: 'valid', token: { kind, sub, scopes, customers, orders, lifetimeSeconds } };
}

function contradictionIn(kind: string, customers: object, orders: Readonly<Record<string, readonly string[]>>) {
  const count = Object.values(orders).flat().length;
  if (count > MAX_ORDERS) return `orders must list at most ${MAX_ORDERS}`;
  const isGuest = kind === 'guest';
  if (isGuest && count === 0) return 'orders is missing: a guest sees only what is listed';
  if (isGuest && Object.keys(customers).length > 0) return 'customers cannot be given for a guest';
  if (!isGuest && Object.keys(customers).length === 0) return 'customers is missing: who is this at which account?';
  return null;
}

function unknownAccountIn(customers: object, orders: object, accounts: readonly string[]): string | null {
  const isUnknown = [...Object.keys(customers), ...Object.keys(orders)].some((key) => !accounts.includes(key));
  return isUnknown ? `there is no such account; configured are ${accounts.join(', ')}` : null;
}

function isIdentifier(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= MAX_ID_LENGTH;
}

function isIdentifierList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isIdentifier);
}
