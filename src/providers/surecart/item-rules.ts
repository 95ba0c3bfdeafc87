import { type EligibilityQuestion, type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { PurchaseMode } from '../../domain/product.js';
import { type Frequency, isSameFrequency } from '../../domain/subscription.js';
import { reasonsOfQuantity } from '../kit/eligibility.js';
import { toFrequency } from './mapping.js';
import { chosenOffer } from './offer-choice.js';
import type { OrderRecord } from './order-records.js';
import type { StoredLine } from './wire.js';
import type { WirePrice, WireUpsell } from './wire-catalogue.js';

type Asked = Pick<EligibilityQuestion, 'item' | 'quantity' | 'subscribe'>;

/** What order and offer alone tell of an item. `recurring`: prices of the product that recur, where they were read. */
export function reasonsOfItem(
  { item, quantity, subscribe }: Asked,
  record: OrderRecord,
  recurring: readonly WirePrice[],
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
    return [...reasons, reason('NOT_OFFERED', message, { remedy: 'CHOOSE_OTHER_PRODUCT' })];
  }
  const { upsell } = chosen;
  const variantId = item.product?.variantId ?? null;
  return [
    ...reasons,
    ...reasonsOfMode(upsell.price, subscribe, recurring),
    ...replacement(upsell),
    ...(findOneTimeLine(record, upsell.priceId, variantId)
      ? [reason('ALREADY_ON_ORDER', 'This order already has this item.', { blocking: false })]
      : []),
  ];
}

/** The same price, and the same variant of it. */
export function findOneTimeLine({ lines }: OrderRecord, priceId: string, variantId: string | null): StoredLine | null {
  const isAlike = (line: StoredLine) => line.priceId === priceId && line.variantId === variantId;
  return lines.records.find((line) => isAlike(line) && !line.price?.interval) ?? null;
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
  recurring: readonly WirePrice[],
): readonly EligibilityReason[] {
  if (price === null) return [];
  if (price.interval === null && subscribe) return [noPlan(recurring)];
  if (price.interval === null || subscribe) return [];
  const evidence = rhythmOf(price);
  return [reason('NOT_ONE_TIME', 'This offer is a subscription: it cannot be bought just once.', { evidence })];
}

/** The rhythm is the price's: another cannot be asked for. */
export function reasonsOfFrequency(price: WirePrice | null, asked: Frequency | null): readonly EligibilityReason[] {
  const stated = price && toFrequency(price);
  if (price === null || stated === null || asked === null || isSameFrequency(stated, asked)) return [];
  const message = `This offer comes ${rhythmOf(price)}.`;
  return [reason('NO_SUBSCRIPTION_PLAN', message, { evidence: `recurring prices: ${nameOf(price)}` })];
}

/** For a request that leaves the rhythm to the plan. */
export function severalPlans(recurring: readonly WirePrice[]): EligibilityReason {
  const evidence = `recurring prices: ${recurring.map(nameOf).join('; ')}`;
  return reason('NO_SUBSCRIPTION_PLAN', 'This product comes in several rhythms; choose one.', { evidence });
}

export function noPlan(recurring: readonly WirePrice[]): EligibilityReason {
  const message =
    recurring.length > 0
      ? 'This offer is for a single purchase; the product is sold as a subscription at other prices.'
      : 'This product is not sold as a subscription.';
  const evidence =
    recurring.length > 0 ? `recurring prices: ${recurring.map(nameOf).join(', ')}` : 'recurring prices: none';
  return reason('NO_SUBSCRIPTION_PLAN', message, { evidence });
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

/** Who is refunded what then is not documented, so nobody may be told a plain yes. */
function replacement({ replacesLines }: WireUpsell): readonly EligibilityReason[] {
  if (!replacesLines) return [];
  const message = 'Accepting this offer replaces all other items of the order.';
  return [reason('UNKNOWN', message, { blocking: false, evidence: 'replacement_behavior = all' })];
}
