import type { Preparation, RemoveItem, Snapshot, Writer } from '../../../domain/write.js';
import { forbidden, isRefusal, ready, refused } from '../../kit/preparation.js';
import { anItem } from '../../kit/send-result.js';
import { contractLineKey, fromLineKey, type LineKey, toOrderKey } from '../keys.js';
import type { Session } from '../session.js';
import { REMOVE_ITEM, snapshotOf } from './write-context.js';
import { type FindEffect, inspectLine, settleLine } from './line-steps.js';
import { inspectRemoved, removeOneOff } from './one-off-steps.js';
import { readTargetLine } from './target-line.js';

export function createRemoveItemWriter(session: Session): Writer<RemoveItem> {
  const { client } = session;
  return {
    prepare: (request) => prepare(session, request),

    async send(_step, { lineItemKey }) {
      const key = keyOf(lineItemKey);
      if (key.kind === 'one-off') return removeOneOff(client, key, anItem);
      const result = await client.removeLine(key.contractId, key.lineId);
      return settleLine(session, key.contractId, result, anItem, gone(key));
    },

    async inspect(_step, { lineItemKey }) {
      const key = keyOf(lineItemKey);
      return key.kind === 'one-off' ? inspectRemoved(client, key) : inspectLine(session, key.contractId, gone(key));
    },
  };
}

async function prepare(session: Session, { lineItemKey }: RemoveItem): Promise<Preparation> {
  const target = await readTargetLine(session, lineItemKey);
  if (isRefusal(target)) return refused(target);
  const { line, view } = target;
  const refusal = forbidden(line.removal);
  if (refusal) return refused(refusal);
  const snapshot: Snapshot = { ...snapshotOf(view, line.product.providerId, ''), lineItemKeys: [lineItemKey] };
  const { order } = view;
  const expectedIncrease = order.totals?.total?.with(0n) ?? null;
  return ready({ order, product: line.product, steps: [REMOVE_ITEM], snapshot, expectedIncrease });
}

function gone(key: Extract<LineKey, { kind: 'line' }>): FindEffect {
  return (lines) =>
    lines.some(({ id }) => id === key.lineId)
      ? null
      : { orderKey: toOrderKey(key), removedLineItemKey: contractLineKey(key, key.lineId) };
}

function keyOf(lineItemKey: string): LineKey {
  const key = fromLineKey(lineItemKey);
  if (!key) throw new TypeError('a line was prepared under a key that is none');
  return key;
}
