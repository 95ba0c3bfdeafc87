import { problem } from '../../../domain/problem.js';
import type { AddItem, InspectResult, Snapshot } from '../../../domain/write.js';
import { decodeEach } from '../../kit/decode.js';
import { toLineKey } from '../keys.js';
import type { OrderRecord } from '../order-records.js';
import { readOrder, type Session } from '../session.js';
import type { StoredLine } from '../wire.js';
import { decodeSubscription, type WireSubscription } from '../wire-subscriptions.js';
import type { AddContext } from './add-context.js';

/** A checkout takes an upsell once: its line, if it was not there before, is the trace of the request. */
export async function inspectAdded(
  session: Session,
  request: AddItem,
  snapshot: Snapshot<AddContext>,
): Promise<InspectResult> {
  const record = await readOrder(session, request.orderKey);
  if (record.state !== 'found') {
    return { state: 'unclear', problem: record.state === 'failed' ? record.problem : null };
  }
  if (record.value.lines.problem) return { state: 'unclear', problem: record.value.lines.problem };
  const line = acceptedLine(record.value, snapshot);
  if (line === null) return { state: 'no_trace' };
  const keys = { orderKey: request.orderKey, lineItemKey: toLineKey(request.orderKey, line.id) };
  if (request.subscribe === null) return { state: 'applied', result: keys };
  const subscription = newSubscription(await subscriptionsOf(session, record.value), snapshot.context);
  if (subscription === null) return { state: 'unclear', problem: notVisibleYet };
  return { state: 'applied', result: { ...keys, subscriptionKey: subscription.id } };
}

export function acceptedLine({ wire, lines }: OrderRecord, snapshot: Snapshot<AddContext>): StoredLine | null {
  const { upsellId } = snapshot.context;
  const isNew = ({ id }: StoredLine) => !snapshot.lineItemKeys.includes(toLineKey(wire.id, id));
  return lines.records.find((line) => line.upsellId === upsellId && isNew(line)) ?? null;
}

export function newSubscription(
  subscriptions: readonly WireSubscription[],
  { priceId, subscriptionIds }: AddContext,
): WireSubscription | null {
  return subscriptions.find((each) => each.priceId === priceId && !subscriptionIds.includes(each.id)) ?? null;
}

/** As they came with the checkout; asked for by themselves when they did not. */
async function subscriptionsOf({ client }: Session, { wire }: OrderRecord): Promise<readonly WireSubscription[]> {
  const { id, subscriptions } = wire.checkout;
  if (subscriptions?.isWhole === true) return subscriptions.records;
  return decodeEach((await client.subscriptionsOfCheckout(id)).rows, decodeSubscription).records;
}

const notVisibleYet = problem('CONFLICT', 'The item was added; its subscription does not show yet.');
