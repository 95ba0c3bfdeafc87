import { problem, ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import { notFound, providerFailed, type Refusal } from '../../domain/refusal.js';
import type { SendResult, StepResult } from '../../domain/write.js';
import type { CallResult, UnansweredCall } from '../../http/call.js';
import { type Decoder, recordProblem } from './decode.js';

/** What a write is about, for the refusal of one that is gone. */
export interface WrittenRecord {
  readonly path: readonly string[];
  readonly what: string;
}

export const anOrder: WrittenRecord = { path: ['orderId'], what: 'order' };
export const anItem: WrittenRecord = { path: ['lineItemId'], what: 'item' };

export interface SendOutcomes {
  /** Reads the keys of what was made or changed from the answer. */
  confirm(): StepResult;
  refuse(problem: ProviderProblem): Refusal;
  /** Whether a documented rule says that nothing was done; any refusal does when absent. */
  isDocumented?(refusal: Refusal): boolean;
}

/** Classifies how a write ended: confirmed, refused, not applied, or unknown. */
export function toSendResult(result: CallResult, { confirm, refuse, isDocumented }: SendOutcomes): SendResult {
  if (result.outcome === 'answered') return confirmed(result.attempts, confirm);
  const sent = unconfirmed(result, refuse);
  return sent.outcome === 'refused' && isDocumented ? { ...sent, isDocumented: isDocumented(sent.refusal) } : sent;
}

/** Confirms a success by its answer. One whose answer cannot be read says that something was done, but not what. */
export function confirmed(attempts: number, confirm: () => StepResult): SendResult {
  try {
    return { outcome: 'confirmed', attempts, result: confirm() };
  } catch (error) {
    return { outcome: 'unknown', attempts, problem: recordProblem(error) };
  }
}

/** Classifies a write that was not answered by a success. */
export function unconfirmed(
  { outcome, attempts, problem: found }: Omit<UnansweredCall, 'response'>,
  refuse: (problem: ProviderProblem) => Refusal,
): SendResult {
  if (outcome === 'refused') return { outcome, attempts, refusal: refuse(found) };
  return { outcome, attempts, problem: found };
}

/** Decodes the answer of a write, or throws CONTRACT_DRIFT. */
export function decodeAnswer<T>({ body }: { readonly body: unknown }, decode: Decoder<T>): T {
  if (body !== undefined) return decode(body);
  throw new ProviderFailure(
    problem('CONTRACT_DRIFT', 'The provider answered a write with something that is not JSON.'),
  );
}

/** Makes the refusal behind a problem that no documented rule explains. `path`: the input that it names. */
export function refusalOf(
  found: ProviderProblem,
  written: WrittenRecord,
  path: readonly string[] | null = null,
): Refusal {
  if (found.kind === 'NOT_FOUND') return notFound(written.path, written.what);
  return { ...providerFailed(found, isOurs(found) ? 'NEVER' : 'NEW_REQUEST'), path };
}

/** Returns the input behind the provider's own names of refused arguments; null when none of them is known. */
export function pathNamed(
  names: readonly string[],
  paths: Readonly<Record<string, readonly string[]>>,
): readonly string[] | null {
  const known = names.find((name) => Object.hasOwn(paths, name));
  return known === undefined ? null : (paths[known] ?? null);
}

/** Whether the account is not let in: nothing the shopper could change. */
export function isOurs({ kind }: ProviderProblem): boolean {
  return kind === 'AUTHENTICATION' || kind === 'FORBIDDEN';
}
