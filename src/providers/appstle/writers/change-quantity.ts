import { reason } from '../../../domain/eligibility.js';
import { notEligible } from '../../../domain/refusal.js';
import type { ChangeQuantity, Preparation, WriteTarget, Writer } from '../../../domain/write.js';
import { handleOf, reasonsOfQuantity } from '../item-rules.js';
import type { Session } from '../session.js';
import { ADD_ITEM, REMOVE_ITEM, snapshotOf } from './write-context.js';
import { CHANGE_LINE, changeLineStep, inspectChangedLine } from './change-line-step.js';
import { pairsOf } from './one-off-rows.js';
import { addAgain, inspectAddedAgain, removeFirst, removeFirstInspection } from './one-off-quantity-steps.js';
import { isRefusal, looking, preparing, ready, refused } from './preparation.js';
import { forbidden, readTargetLine, type TargetLine } from './target-line.js';

/** The admin API cannot change the quantity of a one-off: it is removed and added anew, each a step of its own. */
export function createChangeQuantityWriter(session: Session): Writer<ChangeQuantity> {
  return {
    prepare: (request) => preparing(() => prepare(session, request)),

    send(step, { lineItemKey, quantity }, { snapshot }) {
      if (step === CHANGE_LINE) return changeLineStep(session, lineItemKey, quantity);
      return step === REMOVE_ITEM ? removeFirst(session, snapshot) : addAgain(session, snapshot, quantity);
    },

    inspect: (step, { lineItemKey, quantity }, { snapshot }) =>
      looking(async () => {
        if (step === CHANGE_LINE) return inspectChangedLine(session, lineItemKey, quantity);
        return step === REMOVE_ITEM
          ? removeFirstInspection(session, snapshot)
          : inspectAddedAgain(session, snapshot, quantity);
      }),
  };
}

async function prepare(session: Session, request: ChangeQuantity): Promise<Preparation> {
  const target = await readTargetLine(session, request.lineItemKey);
  if (isRefusal(target)) return refused(target);
  const { line, key } = target;
  const refusal = forbidden(line.removal, reasonsOfQuantity(request.quantity));
  if (refusal) return refused(refusal);
  const handle = key.kind === 'line' ? '' : handleOf({ id: key.variantId, handle: null, variantId: null }, target.view);
  return handle === null ? refused(notEligible([handleUnknown])) : ready(targetOf(target, request, handle));
}

function targetOf({ line, view, key }: TargetLine, request: ChangeQuantity, handle: string): WriteTarget {
  const { order, oneOffs } = view;
  const rows = oneOffs.state === 'found' ? oneOffs.value : [];
  // Its own row is there before and must not pass for one that was not moved.
  const others = rows.filter((row) => row.attemptId !== key.attemptId || row.variantId !== line.product.providerId);
  const more = { pairs: pairsOf(others), oneOffId: line.providerId };
  const added = Math.max(request.quantity - line.quantity, 0);
  return {
    order,
    product: line.product,
    steps: stepsFor(key.kind, request.quantity === line.quantity),
    snapshot: { ...snapshotOf(view, line.product.providerId, handle, more), lineItemKeys: [request.lineItemKey] },
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
