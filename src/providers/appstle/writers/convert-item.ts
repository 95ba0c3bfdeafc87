import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import type { LineItem } from '../../../domain/line-item.js';
import type { Money } from '../../../domain/money.js';
import { ProviderFailure } from '../../../domain/problem.js';
import { notEligible } from '../../../domain/refusal.js';
import type { ConvertItem, PlannedStep, Preparation, Writer, WriteProgress } from '../../../domain/write.js';
import { type Infer, integer, optionalText } from '../../kit/decode.js';
import { forbidden, ready, refused } from '../../kit/preparation.js';
import { anItem } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { findRecurring, reasonsOfFrequency, reasonsOfState } from '../item-rules.js';
import { contractLineKey } from '../keys.js';
import type { OrderView } from '../order-view.js';
import type { Session } from '../session.js';
import { addLine, changeLine, replaceLine } from './contract-lines.js';
import { removeOneOff } from './one-offs.js';
import { noSuchItem, readTargetLine } from './target-line.js';
import { ADD_LINE, contextOf, decodeContextWith, REMOVE_ITEM } from './write-context.js';
import { lookAgain, viewBefore } from './write-view.js';

export const RAISE_QUANTITY = 'raise_quantity';
export const REPLACE_LINE = 'replace_line';

/** Decodes what a conversion needs. */
const decodeConvertContext = decodeContextWith((fields) => ({
  quantity: integer(fields, 'quantity'),
  /** The line of the product that recurs already, by Appstle's identifier; null when there is none. */
  recurringLineId: optionalText(fields, 'recurringLineId'),
  /** What that line is to have in the end: sent as it is, however often, it is raised once. */
  raisedQuantity: integer(fields, 'raisedQuantity'),
}));

type ConvertContext = Infer<typeof decodeConvertContext>;

/**
 * Creates a writer that adds a recurring line and then removes the one-off, because Appstle has no such call for a
 * one-off. The recurring line is seen before the one-off goes: the other way round, a failure would lose the shopper's
 * item.
 */
export function createConvertItemWriter(session: Session): Writer<ConvertItem> {
  return withStoredContext(decodeConvertContext, {
    prepare: (request) => prepare(session, request),

    send(step, { lineItemKey }, progress) {
      const { quantity } = progress.context;
      switch (step) {
        case ADD_LINE:
          return addLine(session, progress, quantity, anItem);
        case RAISE_QUANTITY:
          return raise(session, progress);
        case REPLACE_LINE:
          return replaceLine(session, progress, lineItemKey, quantity);
        default:
          return removeOneOff(session, progress.context);
      }
    },

    look: ({ lineItemKey }, progress) => lookAgain(session, progress, { touches: 'CONTRACT', itemKey: lineItemKey }),
  });
}

/** Raises the quantity of a product that recurs already: a second line of it is not added. */
function raise(session: Session, progress: WriteProgress<ConvertContext>) {
  const { context } = progress;
  const key = contractLineKey(context, context.recurringLineId ?? '');
  return changeLine(session, progress, key, context.raisedQuantity);
}

async function prepare(session: Session, request: ConvertItem): Promise<Preparation<ConvertContext>> {
  const target = await readTargetLine(session, request.lineItemKey);
  if ('outcome' in target) return target;
  const { line, view, key } = target;
  if (!line) return key.kind === 'one-off' ? refusalOfGone(view, key.variantId) : noSuchItem(view);
  if (view.contract.state === 'failed') throw new ProviderFailure(view.contract.problem);
  const refusal = forbidden(line.conversion, [
    ...reasonsOfFrequency(request.frequency, view),
    ...reasonsOfState(view, true),
    ...(request.offerKey === null ? [] : [noOffers]),
  ]);
  if (refusal) return refused(refusal, view.order);
  const recurring = findRecurring(linesIn(view), line.product.providerId);
  return ready({
    order: view.order,
    product: line.product,
    steps: key.kind === 'one-off' ? stepsOfOneOff(line, recurring) : [stepOfLine(line)],
    before: viewBefore(session, view, 'CONTRACT'),
    context: {
      ...contextOf(view, line.product.providerId),
      quantity: line.quantity,
      recurringLineId: recurring?.providerId ?? null,
      raisedQuantity: (recurring?.quantity ?? 0) + line.quantity,
    },
    expectedIncrease: increaseOf(line, key.kind === 'one-off' ? recurring : null),
  });
}

/** Refuses to convert an item that is not on the order. One whose product recurs was converted before. */
function refusalOfGone(view: OrderView, variantId: string): Preparation<never> {
  return findRecurring(linesIn(view), variantId) ? refused(notEligible([recursAlready]), view.order) : noSuchItem(view);
}

function linesIn({ lines }: OrderView): readonly LineItem[] {
  return lines.state === 'found' ? lines.value : [];
}

function stepsOfOneOff(line: LineItem, recurring: LineItem | null): readonly PlannedStep[] {
  const raised = (recurring?.quantity ?? 0) + line.quantity;
  const recur: PlannedStep = recurring
    ? { name: RAISE_QUANTITY, expects: [{ kind: 'line_changed', lineItemKey: recurring.ref.key, quantity: raised }] }
    : { name: ADD_LINE, expects: [recurringLineOf(line)] };
  const gone = { kind: 'line_gone', lineItemKey: line.ref.key } as const;
  return [recur, { name: REMOVE_ITEM, expects: [gone], takesAway: true }];
}

function stepOfLine(line: LineItem): PlannedStep {
  return {
    name: REPLACE_LINE,
    expects: [{ kind: 'line_gone', lineItemKey: line.ref.key }, recurringLineOf(line)],
  };
}

function recurringLineOf({ product, quantity }: LineItem) {
  return { kind: 'line_added', productId: product.providerId, quantity, recurring: true, mark: null } as const;
}

/**
 * Returns what a conversion adds to the order. More units of a line have a stated price; a new recurring line costs
 * what its plan says, which is not stated.
 */
function increaseOf({ quantity, total }: LineItem, recurring: LineItem | null): Money | null {
  const price = recurring?.unitPrice?.times(quantity) ?? null;
  if (price === null || total === null || price.currency !== total.currency) return null;
  return price.minor > total.minor ? price.minus(total) : price.with(0n);
}

const recursAlready: EligibilityReason = reason(
  'ALREADY_SUBSCRIBED',
  'This item belongs to the subscription already.',
  {
    evidence: 'the contract has a recurring line of the same variant, and the order no one-time item of it',
  },
);

const noOffers: EligibilityReason = reason('NOT_OFFERED', 'This shop has no offers.', {
  evidence: 'Appstle has no offers',
});
