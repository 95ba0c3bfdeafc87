import { blockingFirst, type EligibilityReason, reason } from '../../../domain/eligibility.js';
import { ProviderFailure } from '../../../domain/problem.js';
import { notEligible, notFound } from '../../../domain/refusal.js';
import { type Frequency, isSameFrequency } from '../../../domain/subscription.js';
import type { ConvertItem, Preparation, Writer } from '../../../domain/write.js';
import { requireWhole } from '../../kit/decode.js';
import { ready, refused } from '../../kit/preparation.js';
import { toProductRef } from '../../kit/references.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { isEmail, readLineKey } from '../keys.js';
import { conversionOf, loginNeeded } from '../line-actions.js';
import type { OrderContext } from '../mapping.js';
import { readOrder } from '../orders.js';
import { findAmong } from '../products.js';
import type { Session } from '../session.js';
import { toSubscriptionStatus } from '../statuses.js';
import type { WireLine } from '../wire.js';
import type { WireSubscription } from '../wire-contract.js';
import { chooseContract, choosePlan, isReason } from './convert-choice.js';
import { type ConvertContext, decodeConvertContext } from './convert-context.js';
import { firstDelivery } from './first-delivery.js';
import { lookAt, subscriptionMark, viewContext } from './order-view.js';
import { sendConversion } from './send-conversion.js';

/**
 * Creates a writer that lets a new subscription join a contract the customer already has. The line stays: no call turns
 * a line of a placed order into a subscription. See https://docs.centra.com/fe-development/subscriptions
 */
export function createConvertItemWriter(session: Session): Writer<ConvertItem> {
  return withStoredContext(decodeConvertContext, {
    prepare: (request) => prepare(session, request),
    send: (_step, _request, { context }) => sendConversion(session, context),
    look: (_request, { context: { orderKey, email } }) => lookAt(session, orderKey, email),
  });
}

async function prepare(session: Session, request: ConvertItem): Promise<Preparation<ConvertContext>> {
  const key = readLineKey(request.lineItemKey);
  const context = key && (await readOrder(session, key.order));
  const line = context && requireWhole(context.wire.lines).find((each) => each.line === key.line);
  if (!context || !line) return refused(notFound(['lineItemId'], 'item'));
  const { reasons } = conversionOf(line, context);
  const more = request.offerKey === null ? [] : [noOffer];
  const known = blockingFirst([...more, ...reasons]).filter(({ blocking }) => blocking);
  const email = context.loggedIn;
  if (known.length > 0) return refused(notEligible(known), context.order);
  if (email === null || !isEmail(email)) return refused(notEligible([loginNeeded]), context.order);
  return join(session, request, { context, line, email });
}

interface Joining {
  readonly context: OrderContext;
  readonly line: WireLine;
  readonly email: string;
}

async function join(
  session: Session,
  { frequency }: ConvertItem,
  { context, line, email }: Joining,
): Promise<Preparation<ConvertContext>> {
  const { reads, account, clock } = session;
  const { order, wire } = context;
  const [find, { records, problem: partial }] = await Promise.all([
    findAmong([line.product], (productIds) => reads.candidates.get({ orderNumber: wire.order, productIds })),
    reads.contracts.get(email),
  ]);
  const plan = choosePlan(find(line.product), frequency);
  const contract = chooseContract(records, wire.country, account.settings);
  const missing: readonly EligibilityReason[] = [plan, contract].filter(isReason);
  // A subscription that could not be read may deliver the item already.
  if (partial && (missing.length > 0 || partial.leftOut?.unreadable !== 0)) throw new ProviderFailure(partial);
  if (isReason(plan) || isReason(contract)) return refused(notEligible(missing), order);
  const nextOrderDate = firstDelivery(order.scheduled.date, plan.frequency, clock(), account.timeZone);
  const wanted = { item: line.item, frequency: plan.frequency, nextOrderDate };
  if (records.some(({ subscriptions }) => subscriptions.records.some((each) => isAlike(each, wanted)))) {
    return refused(notEligible([subscribedAlready]), order);
  }
  const stored: ConvertContext = {
    orderKey: order.ref.key,
    email,
    item: line.item,
    quantity: line.quantity,
    contract: contract.contract,
    plan: plan.id,
    nextOrderDate,
  };
  return ready({
    order,
    product: toProductRef(line.product, account),
    steps: [
      {
        name: 'create_subscription',
        expects: [
          {
            kind: 'subscription_made',
            productId: line.product,
            quantity: line.quantity,
            frequency: plan.frequency,
            mark: subscriptionMark(contract.contract, line.item),
          },
        ],
      },
    ],
    before: await viewContext(session, context, email),
    context: stored,
    // This order stays as it is.
    expectedIncrease: order.totals?.total?.with(0n) ?? null,
  });
}

/** Whether this conversion would make the subscription again. Another rhythm or first delivery is another decision. */
function isAlike({ status, lines, frequency, nextOrderDate }: WireSubscription, wanted: Wanted): boolean {
  const isOver = ['CANCELLED', 'EXPIRED'].includes(toSubscriptionStatus(status));
  return (
    !isOver &&
    (frequency === null || isSameFrequency(frequency, wanted.frequency)) &&
    (nextOrderDate === null || nextOrderDate.slice(0, 10) === wanted.nextOrderDate) &&
    lines.some(({ item }) => item === wanted.item)
  );
}

interface Wanted {
  readonly item: string;
  readonly frequency: Frequency;
  readonly nextOrderDate: string;
}

const subscribedAlready = reason('ALREADY_SUBSCRIBED', 'A subscription already delivers this item.', {
  evidence: 'a subscription of the contract holds the item',
});

const noOffer = reason('NO_OFFER', 'Centra has no offers.', { evidence: 'no offers' });
