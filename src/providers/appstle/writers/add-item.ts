import { found } from '../../../domain/lookup.js';
import { ProviderFailure } from '../../../domain/problem.js';
import type { ProductChoice } from '../../../domain/product.js';
import { notEligible, type Refusal } from '../../../domain/refusal.js';
import type { AddItem, Preparation, Writer, WriteTarget } from '../../../domain/write.js';
import { duplicateItem, isRefusal, nothingToAdd, ready, refused } from '../../kit/preparation.js';
import { toProductRef } from '../../kit/references.js';
import { anOrder } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { evaluate } from '../eligibility.js';
import { findOneOff, findRecurring, handleOf, reasonsOfFrequency } from '../item-rules.js';
import { oneOffKey } from '../keys.js';
import type { OrderView } from '../order-view.js';
import { increaseOf } from '../preview.js';
import type { Session } from '../session.js';
import { addLine } from './contract-lines.js';
import { addOneOff, takeBackOneOff } from './one-offs.js';
import { readTargetOrder } from './target-order.js';
import { ADD_ITEM, ADD_LINE, contextOf, decodeWriteContext, type WriteContext } from './write-context.js';
import { lookAgain, type Touches, viewBefore } from './write-view.js';

export function createAddItemWriter(session: Session): Writer<AddItem> {
  return withStoredContext(decodeWriteContext, {
    prepare: (request) => prepare(session, request),
    send: (step, { quantity }, progress) =>
      step === ADD_LINE
        ? addLine(session, progress, quantity, anOrder)
        : addOneOff(session, progress, quantity, anOrder),
    look: (request, progress) =>
      lookAgain(session, progress, {
        touches: touchesOf(request),
        itemKey: oneOffKey(progress.context, progress.context.variantId),
      }),
    takeBack: (_request, progress, moved) => takeBackOneOff(session, progress, moved),
  });
}

function touchesOf({ subscribe }: AddItem): Touches {
  return subscribe === null ? 'ONE_OFFS' : 'CONTRACT';
}

async function prepare(session: Session, request: AddItem): Promise<Preparation<WriteContext>> {
  const { product } = request.item;
  if (product === null) return refused(productNeeded);
  const view = await readTargetOrder(session, request);
  if (isRefusal(view)) return refused(view);
  const refusal = refusalOf(session, request, view, product);
  return refusal ? refused(refusal, view.order) : ready(targetOf(session, request, view, product));
}

function refusalOf(session: Session, request: AddItem, view: OrderView, product: ProductChoice): Refusal | null {
  const { item, quantity, subscribe, ifPresent } = request;
  const question = { order: view.order, item, quantity, subscribe: subscribe !== null };
  const { reasons } = evaluate(session, question, found(view));
  const all = [...reasonsOfFrequency(subscribe, view), ...reasons];
  const blocking = all.filter((each) => each.blocking);
  if (blocking.some(({ code }) => code !== 'ALREADY_ON_ORDER')) return notEligible(all);
  // Without them a lost answer cannot be judged, nor whether the item is there already.
  if (view.lines.state === 'failed') throw new ProviderFailure(view.lines.problem);
  const lines = view.lines.state === 'found' ? view.lines.value : [];
  const existing = subscribe ? findRecurring(lines, product.id) : findOneOff(lines, product.id);
  if (existing && ifPresent === 'REJECT') return duplicateItem(existing);
  return blocking.length > 0 ? notEligible(all) : null;
}

function targetOf(
  session: Session,
  request: AddItem,
  view: OrderView,
  { id: productId, ...choice }: ProductChoice,
): WriteTarget<WriteContext> {
  const { quantity, subscribe } = request;
  const recurring = subscribe !== null;
  return {
    order: view.order,
    product: toProductRef(productId, session.account),
    steps: [
      {
        name: recurring ? ADD_LINE : ADD_ITEM,
        expects: [{ kind: 'line_added', productId, quantity, recurring, mark: null }],
      },
    ],
    before: viewBefore(session, view, touchesOf(request)),
    context: contextOf(view, productId, handleOf({ id: productId, ...choice }, view) ?? ''),
    expectedIncrease: recurring ? null : increaseOf(session, view, productId, quantity),
  };
}

const productNeeded = nothingToAdd('This shop has no offers');
