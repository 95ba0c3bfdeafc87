import type { InspectResult } from '../../../domain/write.js';
import { decodeEach } from '../../kit/decode.js';
import { decodeRows } from '../../kit/pages.js';
import type { Session } from '../session.js';
import { decodePurchase, decodeSubscription } from '../wire-subscriptions.js';
import type { ConvertContext } from './convert-context.js';

export async function inspectCreated(
  { client }: Session,
  lineItemKey: string,
  { customerId, lineId, orderKey }: ConvertContext,
): Promise<InspectResult> {
  const { rows, problem } = await client.subscriptionsOf(customerId);
  const made = decodeEach(rows, decodeSubscription).records.find(
    ({ convertedLine, status }) => convertedLine === lineId && status !== 'canceled',
  );
  if (made) return { state: 'applied', result: { orderKey, lineItemKey, subscriptionKey: made.id } };
  return problem ? { state: 'unclear', problem } : { state: 'no_trace' };
}

export async function inspectRevoked({ client }: Session, { purchaseId }: ConvertContext): Promise<InspectResult> {
  const { records } = decodeRows(await client.purchases([purchaseId ?? '']), decodePurchase);
  const purchase = records.find(({ id }) => id === purchaseId);
  if (!purchase) return { state: 'unclear', problem: null };
  return purchase.revoked ? { state: 'applied', result: {} } : { state: 'no_trace' };
}
