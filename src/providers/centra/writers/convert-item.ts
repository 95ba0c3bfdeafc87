import { blockingFirst, type EligibilityReason, reason } from '../../../domain/eligibility.js';
import { notEligible, notFound, providerFailed } from '../../../domain/refusal.js';
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
import type { WireLine } from '../wire.js';
import { chooseContract, choosePlan, isReason } from './convert-choice.js';
import { type ConvertContext, decodeConvertContext, toConvertSnapshot } from './convert-context.js';
import { firstDelivery } from './first-delivery.js';
import { inspectConverted } from './inspect-convert.js';
import { sendConversion } from './send-conversion.js';

/**
 * No call turns a line of a placed order into a subscription: a new subscription joins a contract the customer already
 * has, and the line stays. https://docs.centra.com/fe-development/subscriptions
 */
export function createConvertItemWriter(session: Session): Writer<ConvertItem> {
  return withStoredContext(decodeConvertContext, {
    prepare: (request) => prepare(session, request),
    send: (_step, request, progress) => sendConversion(session, request, progress),
    inspect: (_step, request, progress) => inspectConverted(session, request, progress),
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
  if (known.length > 0) return refused(notEligible(known));
  if (email === null || !isEmail(email)) return refused(notEligible([loginNeeded]));
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
  const contract = chooseContract(records, wire.country);
  const missing: readonly EligibilityReason[] = [plan, contract].filter(isReason);
  if (partial && missing.length > 0) return refused(providerFailed(partial, 'SAME_KEY'));
  if (isReason(plan) || isReason(contract)) return refused(notEligible(missing));
  const stored: ConvertContext = {
    orderKey: order.ref.key,
    item: line.item,
    quantity: line.quantity,
    contract: contract.contract,
    plan: plan.id,
    nextOrderDate: firstDelivery(order.scheduled.date, plan.frequency, clock(), account.timeZone),
    subscriptions: records.flatMap(({ subscriptions }) =>
      subscriptions.records.map(({ subscription }) => subscription),
    ),
  };
  return ready({
    order,
    product: toProductRef(line.product, account),
    steps: ['create_subscription'],
    snapshot: toConvertSnapshot(wire, stored),
    // This order stays as it is.
    expectedIncrease: order.totals?.total?.with(0n) ?? null,
  });
}

const noOffer = reason('NO_OFFER', 'Centra has no offers.', { evidence: 'no offers' });
