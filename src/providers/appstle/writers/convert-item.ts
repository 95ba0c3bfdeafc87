import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import { ProviderFailure } from '../../../domain/problem.js';
import type { ConvertItem, Preparation, WriteTarget, Writer } from '../../../domain/write.js';
import { forbidden, isRefusal, ready, refused } from '../../kit/preparation.js';
import { anItem } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { findRecurring, reasonsOfFrequency, reasonsOfState } from '../item-rules.js';
import { fromLineKey } from '../keys.js';
import type { Session } from '../session.js';
import { ADD_LINE, REMOVE_ITEM, snapshotOf } from './write-context.js';
import {
  type ConvertContext,
  decodeConvertContext,
  inspectRaised,
  inspectReplaced,
  RAISE_QUANTITY,
  raiseStep,
  removeConverted,
  REPLACE_LINE,
  replaceStep,
} from './convert-steps.js';
import { addLineStep, inspectAddedLine } from './line-steps.js';
import { inspectRemoved } from './one-off-steps.js';
import { readTargetLine, type TargetLine } from './target-line.js';

/**
 * Appstle has no such call for a one-off. The recurring line comes first and is seen before the one-off goes: the other
 * way round, a failure would lose the shopper's item.
 */
export function createConvertItemWriter(session: Session): Writer<ConvertItem> {
  return withStoredContext(decodeConvertContext, {
    prepare: (request) => prepare(session, request),

    send(step, _request, { snapshot }) {
      switch (step) {
        case ADD_LINE:
          return addLineStep(session, snapshot, snapshot.context.quantity, anItem);
        case RAISE_QUANTITY:
          return raiseStep(session, snapshot);
        case REPLACE_LINE:
          return replaceStep(session, snapshot, snapshot.context.quantity);
        default:
          return removeConverted(session, snapshot);
      }
    },

    inspect(step, _request, { snapshot }) {
      switch (step) {
        case ADD_LINE:
          return inspectAddedLine(session, snapshot);
        case RAISE_QUANTITY:
          return inspectRaised(session, snapshot);
        case REPLACE_LINE:
          return inspectReplaced(session, snapshot);
        default:
          return inspectRemoved(session.client, snapshot.context);
      }
    },
  });
}

async function prepare(session: Session, request: ConvertItem): Promise<Preparation<ConvertContext>> {
  const target = await readTargetLine(session, request.lineItemKey);
  if (isRefusal(target)) return refused(target);
  const { line, view } = target;
  if (view.contract.state === 'failed') throw new ProviderFailure(view.contract.problem);
  const refusal = forbidden(line.conversion, [
    ...reasonsOfFrequency(request.frequency, view),
    ...reasonsOfState(view, true),
    ...(request.offerKey === null ? [] : [noOffers]),
  ]);
  return refusal ? refused(refusal) : ready(targetOf(target));
}

/** What it will cost as a recurring item depends on the plan, and is known only once it is one. */
function targetOf({ line, view }: TargetLine): WriteTarget<ConvertContext> {
  const { order, lines } = view;
  const { providerId: variantId } = line.product;
  const recurring = findRecurring(lines.state === 'found' ? lines.value : [], variantId);
  const isOneOff = fromLineKey(line.ref.key)?.kind === 'one-off';
  const steps = isOneOff ? [recurring ? RAISE_QUANTITY : ADD_LINE, REMOVE_ITEM] : [REPLACE_LINE];
  const { lineItemKeys, context } = snapshotOf(view, variantId, '');
  const more = {
    quantity: line.quantity,
    itemId: line.providerId,
    recurringLineId: recurring?.providerId ?? null,
    raisedQuantity: (recurring?.quantity ?? 0) + line.quantity,
  };
  return {
    order,
    product: line.product,
    steps,
    snapshot: { lineItemKeys, context: { ...context, ...more } },
    expectedIncrease: null,
  };
}

const noOffers: EligibilityReason = reason('NOT_OFFERED', 'This shop has no offers.', {
  evidence: 'Appstle has no offers',
});
