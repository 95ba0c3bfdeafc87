import { misbehaves } from '../kit/endpoints.js';
import { Refusal } from '../kit/refusal.js';
import { announceLines } from './announcements.js';
import { utcText } from './dates.js';
import type { Exchange } from './endpoints.js';
import { gid } from './gids.js';
import { openContractById, variantById } from './lookups.js';
import { isOneTime, oneTimeAttribute, recurringLines, reducedBy } from './pricing.js';
import type { ContractRecord, LineRecord } from './records.js';
import { userError } from './refusals.js';

/** Returns the contract a line write is about. From here on its old lines may be shown for a while. */
export function contractToEdit(exchange: Exchange, id: string): ContractRecord {
  const { context } = exchange;
  const contract = openContractById(exchange, id);
  if (context.switches.get('lineWriteDeclines')) {
    throw new Refusal(200, { success: false, errorKey: 'declined', errorMessage: 'The change was not applied.' });
  }
  context.store.shown.keep(contract, context.switches.get('lateApplyMs'));
  return contract;
}

export interface NewLine {
  readonly variantId: string;
  readonly quantity: number;
  readonly oneTime: boolean;
}

/** Adds a line even for a variant that has one, unless the shop setting raises the quantity instead. */
export function addLine(exchange: Exchange, contract: ContractRecord, wanted: NewLine): LineRecord {
  const { context } = exchange;
  const variant = variantById(exchange, wanted.variantId);
  const existing = recurringLines(contract).find(({ variantId }) => variantId === variant.id);
  const isRaised = context.switches.get('updateExistingQuantity') || misbehaves(exchange, 'mergeLine');
  if (existing && !wanted.oneTime && isRaised) {
    existing.quantity += wanted.quantity;
    return existing;
  }
  const [plan] = recurringLines(contract);
  const line: LineRecord = {
    id: gid('SubscriptionLine', context.store.lineIds.next('line')),
    variantId: variant.id,
    quantity: wanted.quantity,
    price: reducedBy(variant.price, context.switches.get('planDiscount')),
    sellingPlanId: plan?.sellingPlanId ?? null,
    sellingPlanName: plan?.sellingPlanName ?? null,
    attributes: wanted.oneTime ? [oneTimeAttribute] : [],
  };
  contract.lines = [...contract.lines, line];
  return line;
}

export function lineById(contract: ContractRecord, id: string): LineRecord {
  const line = contract.lines.find((each) => each.id === id);
  if (!line) throw userError('The subscription line does not exist.');
  return line;
}

/** Removes lines and refuses to remove the last recurring one. One-time lines do not count. */
export function removeLines(contract: ContractRecord, lines: readonly LineRecord[]): void {
  const left = contract.lines.filter((line) => !lines.includes(line));
  if (left.every(isOneTime)) throw userError('At least one subscription product must remain in the subscription.');
  contract.lines = left;
}

export function finishEdit({ context }: Exchange, contract: ContractRecord, subject: string): void {
  contract.updatedAt = utcText(context.clock.now());
  announceLines(context, contract, subject);
}
