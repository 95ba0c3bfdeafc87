import { failed, found, type Lookup } from '../../domain/lookup.js';
import type { Money } from '../../domain/money.js';
import type { ScheduledMoment } from '../../domain/moment.js';
import type { Order } from '../../domain/order.js';
import type { ChargePlan, UpsellPreview } from '../../domain/preview.js';
import type { UpsellPreviewer } from '../../domain/provider.js';
import type { AddItem } from '../../domain/write.js';
import { attemptLookup } from '../kit/lookups.js';
import { sumOf } from '../kit/money.js';
import { toProductRef } from '../kit/references.js';
import { type Evaluation, evaluate } from './eligibility.js';
import { discountOf, dueNow } from './line-money.js';
import { toOrder } from './mapping.js';
import { toMoney } from './money.js';
import type { OrderRecord } from './order-records.js';
import { readOrder, type Session } from './session.js';
import type { WireLine } from './wire.js';

/** Computed by SureCart with the code that also does it: https://developer.surecart.com/api-reference/line-items/upsell */
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
  const { currency } = wire.checkout;
  const lineTotal = line && toMoney(line.total, currency);
  const product = eligibility.product ?? toProductRef(item.product?.id ?? item.offerKey ?? '', session.account);
  // What becomes of the money of replaced lines is not documented.
  const total = upsell?.replacesLines === true ? null : (order.totals?.total ?? null);
  return {
    order,
    product,
    quantity,
    lineTotal,
    lineDiscount: line && discountOf(line, currency),
    orderTotalAfter: sumOf([total, lineTotal]),
    charge: chargeOf(line, lineTotal, trialEnd(session, upsell?.price?.trialDays ?? 0)),
    fidelity: lineTotal === null ? 'UNAVAILABLE' : 'PROVIDER_COMPUTED',
    eligibility,
  };
}

/** The saved payment method is charged at once, unless a trial comes first. */
function chargeOf(line: WireLine | null, increase: Money | null, trialEnds: ScheduledMoment | null): ChargePlan {
  if (line === null) return { increase: null, timing: 'UNKNOWN', at: null };
  const isLater = line.total !== null && line.total > 0n && dueNow(line) === 0n;
  return isLater
    ? { increase, timing: 'WITH_UPCOMING_ORDER', at: trialEnds }
    : { increase, timing: 'IMMEDIATELY', at: null };
}

function trialEnd({ clock }: Session, days: number): ScheduledMoment | null {
  if (days === 0) return null;
  const at = new Date(clock().getTime() + days * 86_400_000);
  return { at, date: null, timeZone: null, basis: 'DERIVED_FROM_LENGTH' };
}
