import { reason } from '../../../domain/eligibility.js';
import { problem } from '../../../domain/problem.js';
import { notEligible, providerFailed, type Refusal } from '../../../domain/refusal.js';
import type {
  ChangeQuantity,
  InspectResult,
  Preparation,
  SendResult,
  Snapshot,
  Writer,
  WriteTarget,
} from '../../../domain/write.js';
import { type Infer, text } from '../../kit/decode.js';
import { forbidden, isRefusal, ready, refused } from '../../kit/preparation.js';
import { anItem } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import type { AppstleClient, OneOffTarget } from '../client.js';
import { handleOf, reasonsOfQuantity } from '../item-rules.js';
import { toOrderKey } from '../keys.js';
import type { Session } from '../session.js';
import type { WireOneOff } from '../wire.js';
import { CHANGE_LINE, changeLineStep, inspectChangedLine } from './line-steps.js';
import { findRow, pairsOf, readRows } from './one-off-rows.js';
import { addOneOff, inspectRemoved, movedRefusal, placedResult, removeOneOff } from './one-off-steps.js';
import { readTargetLine, type TargetLine } from './target-line.js';
import { ADD_ITEM, decodeContextWith, REMOVE_ITEM, snapshotOf } from './write-context.js';

/** The admin API cannot change the quantity of a one-off: it is removed and added anew, each a step of its own. */
export function createChangeQuantityWriter(session: Session): Writer<ChangeQuantity> {
  return withStoredContext(decodeChangeContext, {
    prepare: (request) => prepare(session, request),

    send(step, { lineItemKey, quantity }, { snapshot }) {
      if (step === CHANGE_LINE) return changeLineStep(session, lineItemKey, quantity);
      return step === REMOVE_ITEM ? removeFirst(session, snapshot) : addAgain(session, snapshot, quantity);
    },

    inspect(step, { lineItemKey, quantity }, { snapshot }) {
      if (step === CHANGE_LINE) return inspectChangedLine(session, lineItemKey, quantity);
      return step === REMOVE_ITEM
        ? inspectRemovedFirst(session, snapshot)
        : inspectAddedAgain(session, snapshot, quantity);
    },
  });
}

const decodeChangeContext = decodeContextWith((fields) => ({
  /** The one-time item, by the provider's identifier. */
  oneOffId: text(fields, 'oneOffId'),
}));

type ChangeContext = Infer<typeof decodeChangeContext>;

async function prepare(session: Session, request: ChangeQuantity): Promise<Preparation<ChangeContext>> {
  const target = await readTargetLine(session, request.lineItemKey);
  if (isRefusal(target)) return refused(target);
  const { line, key } = target;
  const refusal = forbidden(line.removal, reasonsOfQuantity(request.quantity));
  if (refusal) return refused(refusal);
  const handle = key.kind === 'line' ? '' : handleOf({ id: key.variantId, handle: null, variantId: null }, target.view);
  return handle === null ? refused(notEligible([handleUnknown])) : ready(targetOf(target, request, handle));
}

function targetOf(
  { line, view, key }: TargetLine,
  request: ChangeQuantity,
  handle: string,
): WriteTarget<ChangeContext> {
  const { order, oneOffs } = view;
  const rows = oneOffs.state === 'found' ? oneOffs.value : [];
  // Its own row is there before and must not pass for one that was not moved.
  const others = rows.filter((row) => row.attemptId !== key.attemptId || row.variantId !== line.product.providerId);
  const { context } = snapshotOf(view, line.product.providerId, handle);
  const more = { pairs: pairsOf(others), oneOffId: line.providerId };
  const added = Math.max(request.quantity - line.quantity, 0);
  return {
    order,
    product: line.product,
    steps: stepsFor(key.kind, request.quantity === line.quantity),
    snapshot: { lineItemKeys: [request.lineItemKey], context: { ...context, ...more } },
    expectedIncrease: line.unitPrice?.times(added) ?? null,
  };
}

/** Adding what is there already is a documented success without effect. */
function stepsFor(kind: TargetLine['key']['kind'], isUnchanged: boolean): readonly string[] {
  if (kind === 'line') return [CHANGE_LINE];
  return isUnchanged ? [ADD_ITEM] : [REMOVE_ITEM, ADD_ITEM];
}

const handleUnknown = reason(
  'VARIANT_REQUIRED',
  'The handle of this product is not known, so it cannot be added anew.',
  {
    evidence: 'the one-time product has no variantHandle',
  },
);

/** Removes the item. The result names no removed line: the change is done when the line is back. */
async function removeFirst({ client }: Session, snapshot: Snapshot<ChangeContext>): Promise<SendResult> {
  const { context } = snapshot;
  const sent = await removeOneOff(client, context, anItem);
  return sent.outcome === 'confirmed' ? { ...sent, result: { orderKey: toOrderKey(context) } } : sent;
}

async function inspectRemovedFirst({ client }: Session, snapshot: Snapshot<ChangeContext>): Promise<InspectResult> {
  const { context } = snapshot;
  const inspected = await inspectRemoved(client, context);
  return inspected.state === 'applied' ? { ...inspected, result: { orderKey: toOrderKey(context) } } : inspected;
}

/** Nobody asked for another order: an item that lands on one is taken off it again. */
async function addAgain(session: Session, snapshot: Snapshot<ChangeContext>, quantity: number): Promise<SendResult> {
  const { client } = session;
  const { context } = snapshot;
  const added = await addOneOff(client, { ...context, quantity }, anItem);
  if (added.state === 'unsettled') return named(added.answer, snapshot);
  const { attempts } = added;
  if (added.state === 'placed') {
    return added.row.quantity === quantity
      ? { outcome: 'confirmed', attempts, result: placedResult(context.contractId, added.row) }
      : { outcome: 'refused', attempts, refusal: providerFailed(otherQuantity, 'NEW_REQUEST') };
  }
  const undone = added.state === 'moved' && (await isTakenBack(client, context, added.row));
  return { outcome: 'refused', attempts, refusal: movedRefusal(session, context.contractId, added.row, MOVED, undone) };
}

async function isTakenBack(client: AppstleClient, facts: OneOffTarget, { attemptId }: WireOneOff): Promise<boolean> {
  const sent = await removeOneOff(client, { ...facts, attemptId: attemptId ?? '' }, anItem);
  return sent.outcome === 'confirmed';
}

const otherQuantity = problem('CONFLICT', 'Appstle shows the item with another quantity than asked for.');
const MOVED = 'The item was taken off, and the shop could put it back only on another order.';

/** The shopper must learn which item is gone. */
function named(sent: SendResult, { context }: Snapshot<ChangeContext>): SendResult {
  if (sent.outcome === 'confirmed' || sent.outcome === 'unknown') return sent;
  const lost = `The one-time item ${context.oneOffId} was taken off its order and could not be put back.`;
  const refusal: Refusal =
    sent.outcome === 'refused'
      ? { ...sent.refusal, message: `${lost} ${sent.refusal.message}` }
      : { ...providerFailed(sent.problem, 'NEW_REQUEST'), message: lost };
  return { outcome: 'refused', attempts: sent.attempts, refusal };
}

async function inspectAddedAgain(
  { client }: Session,
  snapshot: Snapshot<ChangeContext>,
  quantity: number,
): Promise<InspectResult> {
  const { context } = snapshot;
  const rows = await readRows(client, context.contractId);
  if (rows.state === 'failed') return { state: 'unclear', problem: rows.problem };
  const row = findRow(rows.value, context);
  if (!row) return { state: 'no_trace' };
  if (row.quantity !== quantity) return { state: 'unclear', problem: otherQuantity };
  return { state: 'applied', result: placedResult(context.contractId, row) };
}
