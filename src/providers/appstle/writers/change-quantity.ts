import { reason } from '../../../domain/eligibility.js';
import type { LineItem } from '../../../domain/line-item.js';
import { notEligible } from '../../../domain/refusal.js';
import type { ChangeQuantity, PlannedStep, Preparation, Writer } from '../../../domain/write.js';
import { forbidden, ready, refused } from '../../kit/preparation.js';
import { anItem } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { handleOf, reasonsOfQuantity } from '../item-rules.js';
import { fromLineKey } from '../keys.js';
import type { Session } from '../session.js';
import { changeLine } from './contract-lines.js';
import { addOneOff, takeBackOneOff, takeOffOneOff } from './one-offs.js';
import { noSuchItem, readTargetLine } from './target-line.js';
import { ADD_ITEM, contextOf, decodeWriteContext, REMOVE_ITEM, type WriteContext } from './write-context.js';
import { lookAgain, type Touches, viewBefore } from './write-view.js';

export const CHANGE_LINE = 'change_quantity';

/**
 * Creates a writer that removes a one-off and adds it anew, each a step of its own, because the admin API cannot change
 * its quantity.
 */
export function createChangeQuantityWriter(session: Session): Writer<ChangeQuantity> {
  return withStoredContext(decodeWriteContext, {
    prepare: (request) => prepare(session, request),

    send(step, { lineItemKey, quantity }, progress) {
      if (step === CHANGE_LINE) return changeLine(session, progress, lineItemKey, quantity);
      return step === REMOVE_ITEM
        ? takeOffOneOff(session, progress.context)
        : addOneOff(session, progress, quantity, anItem);
    },

    look: ({ lineItemKey }, progress) =>
      lookAgain(session, progress, { touches: touchesOf(lineItemKey), itemKey: lineItemKey }),

    // Nobody asked for another order.
    takeBack: (_request, progress, moved) => takeBackOneOff(session, progress, moved),
  });
}

function touchesOf(lineItemKey: string): Touches {
  return fromLineKey(lineItemKey)?.kind === 'one-off' ? 'ONE_OFFS' : 'LINE';
}

async function prepare(session: Session, request: ChangeQuantity): Promise<Preparation<WriteContext>> {
  const { lineItemKey, quantity } = request;
  const target = await readTargetLine(session, lineItemKey);
  if ('outcome' in target) return target;
  const { line, view, key } = target;
  if (!line) return noSuchItem(view);
  const { order } = view;
  const refusal = forbidden(line.removal, reasonsOfQuantity(quantity));
  if (refusal) return refused(refusal, order);
  const { providerId: variantId } = line.product;
  const handle = key.kind === 'line' ? '' : handleOf({ id: variantId, handle: null, variantId: null }, view);
  if (handle === null) return refused(notEligible([handleUnknown]), order);
  return ready({
    order,
    product: line.product,
    steps: stepsFor(line, request),
    before: viewBefore(session, view, touchesOf(lineItemKey)),
    context: contextOf(view, variantId, handle),
    expectedIncrease: line.unitPrice?.times(Math.max(quantity - line.quantity, 0)) ?? null,
  });
}

/** Plans the steps of a change. Adding what is there already is a documented success without effect. */
function stepsFor(line: LineItem, { lineItemKey, quantity }: ChangeQuantity): readonly PlannedStep[] {
  const changed = { kind: 'line_changed', lineItemKey, quantity } as const;
  if (touchesOf(lineItemKey) === 'LINE') return [{ name: CHANGE_LINE, expects: [changed] }];
  const add = { name: ADD_ITEM, expects: [changed] };
  if (line.quantity === quantity) return [add];
  return [{ name: REMOVE_ITEM, expects: [{ kind: 'line_gone', lineItemKey }] }, add];
}

const handleUnknown = reason(
  'VARIANT_REQUIRED',
  'The handle of this product is not known, so it cannot be added anew.',
  {
    evidence: 'the one-time product has no variantHandle',
  },
);
