import { found } from '../../../domain/lookup.js';
import type { ProductChoice } from '../../../domain/product.js';
import { notEligible, providerFailed, type Refusal } from '../../../domain/refusal.js';
import type { AddItem, Preparation, Writer, WriteTarget } from '../../../domain/write.js';
import { duplicateItem, isRefusal, nothingToAdd, ready, refused } from '../../kit/preparation.js';
import { toProductRef } from '../../kit/references.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { evaluate } from '../eligibility.js';
import { findOneOff, findRecurring, handleOf, reasonsOfFrequency } from '../item-rules.js';
import type { OrderView } from '../order-view.js';
import { increaseOf } from '../preview.js';
import type { Session } from '../session.js';
import { addLineStep, inspectAddedLine } from './line-steps.js';
import { addOneOffStep, inspectAddedOneOff, takeBackOneOff } from './one-off-steps.js';
import { readTargetOrder } from './target-order.js';
import { ADD_ITEM, ADD_LINE, decodeWriteContext, snapshotOf, type WriteContext } from './write-context.js';

export function createAddItemWriter(session: Session): Writer<AddItem> {
  return withStoredContext(decodeWriteContext, {
    prepare: (request) => prepare(session, request),
    send: (step, { quantity }, progress) =>
      step === ADD_LINE
        ? addLineStep(session, progress.snapshot, quantity)
        : addOneOffStep(session, progress.snapshot, quantity),
    inspect: (step, { quantity }, { snapshot }) =>
      step === ADD_LINE ? inspectAddedLine(session, snapshot) : inspectAddedOneOff(session, snapshot, quantity),
    compensate: (_request, progress) => takeBackOneOff(session, progress),
  });
}

async function prepare(session: Session, request: AddItem): Promise<Preparation<WriteContext>> {
  const { product } = request.item;
  if (product === null) return refused(productNeeded);
  const view = await readTargetOrder(session, request);
  if (isRefusal(view)) return refused(view);
  const refusal = refusalOf(session, request, view, product);
  return refusal ? refused(refusal) : ready(targetOf(session, request, view, product));
}

function refusalOf(session: Session, request: AddItem, view: OrderView, product: ProductChoice): Refusal | null {
  const { item, quantity, subscribe, ifPresent } = request;
  const question = { order: view.order, item, quantity, subscribe: subscribe !== null };
  const { reasons } = evaluate(session, question, found(view));
  const all = [...reasonsOfFrequency(subscribe, view), ...reasons];
  const blocking = all.filter((each) => each.blocking);
  if (blocking.some(({ code }) => code !== 'ALREADY_ON_ORDER')) return notEligible(all);
  // Without them there is no snapshot to find a lost answer by, and no telling whether it is there already.
  if (view.lines.state === 'failed') return providerFailed(view.lines.problem, 'SAME_KEY');
  const lines = view.lines.state === 'found' ? view.lines.value : [];
  const existing = subscribe ? findRecurring(lines, product.id) : findOneOff(lines, product.id);
  if (existing && ifPresent === 'REJECT') return duplicateItem(existing);
  return blocking.length > 0 ? notEligible(all) : null;
}

function targetOf(
  session: Session,
  request: AddItem,
  view: OrderView,
  product: ProductChoice,
): WriteTarget<WriteContext> {
  const { quantity, subscribe } = request;
  return {
    order: view.order,
    product: toProductRef(product.id, session.account),
    steps: [subscribe ? ADD_LINE : ADD_ITEM],
    snapshot: snapshotOf(view, product.id, handleOf(product, view) ?? ''),
    expectedIncrease: subscribe ? null : increaseOf(session, view, product.id, quantity),
  };
}

const productNeeded = nothingToAdd('This shop has no offers');
