import { type EligibilityQuestion, type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { Account } from '../../domain/account.js';
import type { PurchaseMode } from '../../domain/product.js';
import { type Frequency, isSameFrequency } from '../../domain/subscription.js';
import type { Decoded } from '../kit/decode.js';
import { reasonsOfQuantity } from '../kit/eligibility.js';
import { toProductRef } from '../kit/references.js';
import { chosenOffer } from './offer-choice.js';
import type { OrderRecord } from './order-records.js';
import { toFrequency } from './statuses.js';
import type { StoredLine } from './wire.js';
import type { WirePrice, WireUpsell } from './wire-catalogue.js';

type Asked = Pick<EligibilityQuestion, 'item' | 'quantity' | 'subscribe'>;

/** Lists what order and offer forbid of an item. `recurring`: the product's recurring prices, where they were read. */
export function reasonsOfItem(
  { item, quantity, subscribe }: Asked,
  record: OrderRecord,
  recurring: Decoded<WirePrice>,
): readonly EligibilityReason[] {
  const reasons = reasonsOfQuantity(quantity);
  if (item === null) return [...reasons, ...(record.upsell ? replacement(record.upsell) : [])];
  const chosen = chosenOffer(record, item);
  if (chosen.state === 'taken') {
    return [
      ...reasons,
      reason('ALREADY_TAKEN', 'This offer was already taken.', { evidence: 'a line names the upsell' }),
    ];
  }
  if (chosen.state === 'not_offered') {
    const message = 'Only what is offered for this order right now can be added.';
    const { product } = item;
    const notOffered = reason('NOT_OFFERED', message, { remedy: 'CHOOSE_OTHER_PRODUCT' });
    return [...reasons, notOffered, ...(product ? reasonsOfPresence(record, product.id, product.variantId) : [])];
  }
  const { upsell } = chosen;
  const variantId = item.product?.variantId ?? null;
  return [
    ...reasons,
    ...reasonsOfMode(upsell.price, subscribe, recurring),
    ...replacement(upsell),
    ...reasonsOfPresence(record, upsell.priceId, variantId),
  ];
}

function reasonsOfPresence(
  record: OrderRecord,
  priceId: string,
  variantId: string | null,
): readonly EligibilityReason[] {
  const line = findLine(record, priceId, variantId);
  if (line === null) return [];
  const interval = line.price?.interval ?? null;
  if (interval === null) return [reason('ALREADY_ON_ORDER', 'This order already has this item.', { blocking: false })];
  const message = 'This item already comes with this order by a subscription.';
  return [reason('ALREADY_ON_ORDER', message, { blocking: false, evidence: `recurring_interval = ${interval}` })];
}

/** Finds the line of the same price, and of the same variant of it. */
function findLine({ lines }: OrderRecord, priceId: string, variantId: string | null): StoredLine | null {
  return lines.records.find((line) => line.priceId === priceId && line.variantId === variantId) ?? null;
}

export function findOneTimeLine(record: OrderRecord, priceId: string, variantId: string | null): StoredLine | null {
  const line = findLine(record, priceId, variantId);
  return line?.price?.interval ? null : line;
}

export function modesOf(price: WirePrice | null): readonly PurchaseMode[] {
  if (price === null) return [];
  return price.interval === null ? ['ONE_TIME'] : ['SUBSCRIPTION'];
}

export const MODE_REASONS: ReadonlySet<string> = new Set(['NO_SUBSCRIPTION_PLAN', 'NOT_ONE_TIME']);

/** Whether a price recurs is told by its interval alone, and an offer is for one price. */
function reasonsOfMode(
  price: WirePrice | null,
  subscribe: boolean,
  recurring: Decoded<WirePrice>,
): readonly EligibilityReason[] {
  if (price === null) {
    const message = 'It is not known what this offer costs, and whether it recurs.';
    return [reason('UNKNOWN', message, { blocking: false, evidence: 'price is an identifier alone' })];
  }
  if (price.interval === null && subscribe) return [noPlan(recurring)];
  if (price.interval === null || subscribe) return [];
  const evidence = rhythmOf(price);
  return [reason('NOT_ONE_TIME', 'This offer is a subscription: it cannot be bought just once.', { evidence })];
}

/** Refuses a rhythm other than the price's. */
export function reasonsOfFrequency(price: WirePrice | null, asked: Frequency | null): readonly EligibilityReason[] {
  const stated = price && toFrequency(price);
  if (price === null || stated === null || asked === null || isSameFrequency(stated, asked)) return [];
  const message = `This offer comes ${rhythmOf(price)}.`;
  return [reason('NO_SUBSCRIPTION_PLAN', message, { evidence: `recurring prices: ${nameOf(price)}` })];
}

/** Asks for a choice of plan, for a request that leaves the rhythm to the plan. */
export function severalPlans(recurring: readonly WirePrice[], account: Pick<Account, 'key'>): EligibilityReason {
  const evidence = `recurring prices: ${recurring.map(nameOf).join('; ')}`;
  return reason('PRICE_AMBIGUOUS', 'This product comes at several prices or in several rhythms; choose one.', {
    evidence,
    candidates: recurring.map(({ id }) => toProductRef(id, account)),
  });
}

export function noPlan({ records, problem }: Decoded<WirePrice>): EligibilityReason {
  if (records.length > 0) {
    const message = 'This offer is for a single purchase; the product is sold as a subscription at other prices.';
    return reason('NO_SUBSCRIPTION_PLAN', message, { evidence: `recurring prices: ${records.map(nameOf).join(', ')}` });
  }
  const message = 'This offer is for a single purchase.';
  if (problem) return reason('NO_SUBSCRIPTION_PLAN', message, { evidence: problem.detail });
  return reason('NO_SUBSCRIPTION_PLAN', 'This product is not sold as a subscription.', {
    evidence: 'recurring prices: none',
  });
}

function nameOf(price: WirePrice): string {
  return `${price.id} (${rhythmOf(price)})`;
}

export function rhythmOf(price: WirePrice): string {
  const frequency = toFrequency(price);
  if (frequency === null) return `recurring_interval = ${price.interval ?? 'null'}`;
  const unit = frequency.unit.toLowerCase();
  return frequency.every === 1 ? `every ${unit}` : `every ${frequency.every} ${unit}s`;
}

/**
 * Warns of an offer that replaces all other items. Who is refunded what then is not documented, so nobody may be told a
 * plain yes.
 */
function replacement({ replacesLines }: WireUpsell): readonly EligibilityReason[] {
  if (replacesLines === false) return [];
  const [message, evidence] = replacesLines
    ? ['Accepting this offer replaces all other items of the order.', 'replacement_behavior = all']
    : ['It is not known whether this offer replaces other items of the order.', 'replacement_behavior is unknown'];
  return [reason('UNKNOWN', message, { blocking: false, evidence })];
}
