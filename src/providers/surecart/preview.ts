import { failed, found, type Lookup } from '../../domain/lookup.js';
import type { ScheduledMoment } from '../../domain/moment.js';
import type { Order } from '../../domain/order.js';
import type { ChargePlan, PlannedPayment, UpsellPreview } from '../../domain/preview.js';
import type { UpsellPreviewer } from '../../domain/provider.js';
import type { SubscriptionTerms } from '../../domain/subscription.js';
import type { AddItem } from '../../domain/write.js';
import { attemptLookup } from '../kit/lookups.js';
import { sumOf } from '../kit/money.js';
import { toProductRef } from '../kit/references.js';
import { type Evaluation, evaluate } from './eligibility.js';
import { discountOf, dueNow, isTaxOnTop, reductionOf, surchargesOf } from './line-money.js';
import { toOrder } from './mapping.js';
import { toMoney } from './money.js';
import type { OrderRecord } from './order-records.js';
import { basisOf } from './preview-basis.js';
import { readOrder, type Session } from './session.js';
import { laterPaymentOf, nextPaymentAt, termsOfLine } from './terms.js';
import type { WireCheckout, WireLine } from './wire.js';
import type { WirePrice } from './wire-catalogue.js';

/**
 * Creates a previewer that lets SureCart compute, with the code that also adds the item.
 * See https://developer.surecart.com/api-reference/line-items/upsell
 */
export function createPreviewer(session: Session): UpsellPreviewer {
  return {
    async preview(request: AddItem): Promise<Lookup<UpsellPreview>> {
      const record = await readOrder(session, request.orderKey);
      if (record.state !== 'found') return record;
      const order = toOrder(record.value, session.account, session.clock());
      const { item, quantity, subscribe } = request;
      const question = { order, item, quantity, subscribe: subscribe !== null };
      return attemptLookup(async () => {
        const evaluation = await evaluate(session, record.value, question, { frequency: subscribe });
        if (evaluation.run?.state === 'failed') return failed(evaluation.run.problem);
        return found(toPreview(session, order, record.value, evaluation, request));
      });
    },
  };
}

function toPreview(
  session: Session,
  order: Order,
  { wire }: OrderRecord,
  { eligibility, upsell, run }: Evaluation,
  { item, quantity }: AddItem,
): UpsellPreview {
  const line = run?.state === 'priced' ? run.line : null;
  const now = session.clock();
  const { currency } = wire.checkout;
  const price = upsell?.price ?? null;
  const lineTotal = line && toMoney(line.total, currency);
  const product = eligibility.product ?? toProductRef(item.product?.id ?? item.offerKey ?? '', session.account);
  // What becomes of the money of replaced lines is not documented.
  const total = upsell?.replacesLines === false ? (order.totals?.total ?? null) : null;
  return {
    order,
    product,
    quantity,
    lineTotal,
    lineDiscount: line && discountOf(line, currency),
    lineFees: line && surchargesOf(line, currency),
    orderTotalAfter: sumOf([total, lineTotal]),
    charge: line === null ? unknownCharge : chargeOf(line, price, wire.checkout, now),
    terms: line && price ? termsOfPreview(line, price, wire.checkout, now) : null,
    fidelity: lineTotal === null ? 'UNAVAILABLE' : 'PROVIDER_COMPUTED',
    eligibility,
    ...(upsell && { basis: basisOf(wire, upsell, { item, quantity }) }),
  };
}

const unknownCharge: ChargePlan = { increase: null, timing: 'UNKNOWN', at: null, payments: [] };

/** Plans the charge of an item. The saved payment method is charged at once, unless a trial comes first. */
function chargeOf(line: WireLine, price: WirePrice | null, checkout: WireCheckout, now: Date): ChargePlan {
  const increase = toMoney(line.total, checkout.currency);
  const next = price?.interval ? nextPaymentAt(price, now) : null;
  const payments = paymentsOf(line, price, checkout, next);
  const isLater = line.total !== null && line.total > 0n && dueNow(line) === 0n;
  return isLater
    ? { increase, timing: 'WITH_UPCOMING_ORDER', at: price !== null && price.trialDays > 0 ? next : null, payments }
    : { increase, timing: 'IMMEDIATELY', at: null, payments };
}

function paymentsOf(
  line: WireLine,
  price: WirePrice | null,
  checkout: WireCheckout,
  next: ScheduledMoment | null,
): readonly PlannedPayment[] {
  const due = dueNow(line);
  const now: PlannedPayment = { amount: toMoney(due, checkout.currency), timing: 'IMMEDIATELY', at: null };
  const isTrial = price !== null && price.trialDays > 0;
  const payments = isTrial && due === 0n ? [] : [now];
  const isOnce = !price?.interval || (price.periodCount === 1 && !isTrial);
  if (isOnce) return payments;
  // What the trial leaves of a reduction is not documented.
  const { total } = laterPaymentOf(price, line.quantity, isTaxOnTop(checkout));
  const amount = isTrial && reductionOf(line) !== 0n ? null : total;
  return [...payments, { amount, timing: 'WITH_UPCOMING_ORDER', at: next }];
}

/** Returns the terms of a preview, whose line does not carry its price. */
function termsOfPreview(line: WireLine, price: WirePrice, checkout: WireCheckout, now: Date): SubscriptionTerms | null {
  const terms = termsOfLine({ ...line, price }, checkout);
  return terms && { ...terms, startsAt: nextPaymentAt(price, now) };
}
