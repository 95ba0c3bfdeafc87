import type { LineItem } from '../../../domain/line-item.js';
import type { Listing, Lookup } from '../../../domain/lookup.js';
import type { Order } from '../../../domain/order.js';
import { problem, type ProviderProblem } from '../../../domain/problem.js';
import type { LineBefore } from '../../../domain/write.js';
import { contractDrift } from '../../kit/decode.js';
import { fromLineKey, oneOffKey, type OrderKey } from '../keys.js';
import { billedLine, contractLine } from '../mapping.js';
import type { AppstleAccount } from '../settings.js';
import type { WireAttempt } from '../wire.js';
import type { WireContract } from '../wire-contract.js';

/** An order that left the queue, and what is known of its lines from elsewhere. */
export interface LeftQueue {
  readonly key: OrderKey;
  readonly order: Order;
  readonly attempt: WireAttempt;
  readonly contract: Lookup<WireContract>;
  /** Its lines while it was queued. */
  readonly before: readonly LineBefore[];
  /** The one-time item a write is about. */
  readonly item: { readonly key: string; readonly variantId: string };
}

/**
 * Reads the lines of an order that left the queue off its attempt, which states variants and units but not what recurred:
 * units go to the recurring lines first, then to the one-time lines there were, and what is left came to it since. Only a
 * billed order states all it holds: until then what is missing may still come.
 */
export function billedLines(left: LeftQueue, account: AppstleAccount): Listing<LineItem> {
  const { key, order, attempt, contract } = left;
  const unread = unreadIn(contract);
  if (unread) return { items: [], problem: unread };
  const known = knownLines(left, account);
  const lines = [...unitsOf(attempt)].flatMap(([variantId, units]) => shareOut(variantId, units, known, left));
  return { items: lines.map((line) => billedLine(line, key, order, account)), problem: gapIn(left) };
}

/** Picks the lines of one order among those of several. */
export function linesOn(lines: readonly LineBefore[], { contractId, attemptId }: OrderKey): readonly LineBefore[] {
  return lines.filter(({ key }) => {
    const of = fromLineKey(key);
    return of?.contractId === contractId && of.attemptId === attemptId;
  });
}

function unreadIn(contract: Lookup<WireContract>): ProviderProblem | null {
  if (contract.state === 'found') return contract.value.lines.problem;
  return contract.state === 'failed' ? contract.problem : contractGone;
}

/** Returns the known lines, recurring ones first. */
function knownLines({ contract, before, key, order }: LeftQueue, account: AppstleAccount): readonly LineBefore[] {
  const recurring =
    contract.state === 'found'
      ? contract.value.lines.records
          .filter(({ oneTime }) => !oneTime)
          .map((line) => toLineBefore(contractLine(line, contract.value, key, order, account)))
      : [];
  const now = new Set(recurring.map((line) => line.key));
  const others = before.filter((line) => !now.has(line.key));
  return [...recurring, ...others.filter((line) => line.recurring), ...others.filter((line) => !line.recurring)];
}

function toLineBefore({ ref, product, quantity, unitPrice, total }: LineItem): LineBefore {
  return { key: ref.key, productId: product.providerId, quantity, recurring: true, unitPrice, total };
}

/** Counts the units of each variant, which may come in several rows. */
function unitsOf({ contents }: WireAttempt): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const { variantId, quantity } of contents.records) {
    units.set(variantId, (units.get(variantId) ?? 0) + (quantity ?? 0));
  }
  return units;
}

function shareOut(
  variantId: string,
  units: number,
  known: readonly LineBefore[],
  { key, item }: LeftQueue,
): readonly LineBefore[] {
  let left = units;
  const lines = known
    .filter(({ productId }) => productId === variantId)
    .map((line) => {
      const share = Math.min(left, line.quantity);
      left -= share;
      return withUnits(line, share);
    });
  const ownKey = variantId === item.variantId ? item.key : oneOffKey(key, variantId);
  const own = lines.find((line) => line.key === ownKey) ?? newLine(ownKey, variantId);
  return [...lines.filter((line) => line !== own), withUnits(own, own.quantity + left)].filter(
    ({ quantity }) => quantity > 0,
  );
}

function newLine(key: string, productId: string): LineBefore {
  return { key, productId, quantity: 0, recurring: false, unitPrice: null, total: null };
}

function withUnits(line: LineBefore, quantity: number): LineBefore {
  if (quantity === line.quantity) return line;
  return { ...line, quantity, total: line.unitPrice?.times(quantity) ?? null };
}

function gapIn({ attempt: { contents }, order }: LeftQueue): ProviderProblem | null {
  if (contents.records.length === 0) return contents.problem ?? contentsUnstated;
  if (contents.records.some(({ quantity }) => quantity === null)) return quantityUnstated;
  return contents.problem ?? (order.status === 'PLACED' ? null : notBilled);
}

const contractGone = problem('NOT_FOUND', 'Appstle no longer shows the contract of this order.');
const contentsUnstated = problem('REJECTED', 'Appstle does not state what this order holds.');
const quantityUnstated = contractDrift('the `quantity` of a variant').problem;
const notBilled = problem('REJECTED', 'Appstle states all that an order holds only once it is billed.');
