import type { EligibilityQuestion } from '../../../domain/eligibility.js';
import type { Money } from '../../../domain/money.js';
import type { Order } from '../../../domain/order.js';
import { ProviderFailure } from '../../../domain/problem.js';
import type { ProductChoice } from '../../../domain/product.js';
import { invalid, notEligible, type Refusal } from '../../../domain/refusal.js';
import type { Frequency } from '../../../domain/subscription.js';
import type { AddItem, Preparation, PlannedStep, SendResult, Writer, WriteProgress } from '../../../domain/write.js';
import { isForbidden } from '../../kit/eligibility.js';
import { duplicateItem, isRefusal, nothingToAdd, ready, refused } from '../../kit/preparation.js';
import { toProductRef } from '../../kit/references.js';
import { anOrder } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { evaluate, type Evaluated } from '../eligibility.js';
import type { ItemFacts } from '../item-facts.js';
import { findOneTime } from '../item-rules.js';
import { toOrder } from '../mapping.js';
import { frequencyFor } from '../plans.js';
import { priceOf } from '../preview.js';
import type { Session } from '../session.js';
import type { WireCharge } from '../wire.js';
import { decodeAddContext, type AddContext } from './add-context.js';
import { addOnetime, addSubscription, takeBack } from './send.js';
import { readTargetOrder } from './target-order.js';
import { ADD_ONETIME, ADD_SUBSCRIPTION, contextOf, newMark } from './write-context.js';
import { lookAgain, type Subject, viewBefore } from './write-view.js';

export function createAddItemWriter(session: Session): Writer<AddItem> {
  return withStoredContext(decodeAddContext, {
    prepare: (request) => prepare(session, request),
    send: (_step, { quantity }, progress) => send(session, progress, quantity),
    look: (request, progress) => lookAgain(session, progress, subjectOf(request)),
    takeBack: (_request, progress, moved) => takeBack(session, progress, moved),
  });
}

function subjectOf({ subscribe }: AddItem): Subject {
  return { onetimes: subscribe === null, subscriptions: subscribe !== null, lineItemKey: null };
}

function send(session: Session, progress: WriteProgress<AddContext>, quantity: number): Promise<SendResult> {
  const { frequency } = progress.context;
  return frequency === null
    ? addOnetime(session, progress, quantity, anOrder)
    : addSubscription(session, progress, quantity, frequency, anOrder);
}

async function prepare(session: Session, request: AddItem): Promise<Preparation<AddContext>> {
  const { product } = request.item;
  if (product === null) return refused(productNeeded);
  const charge = await readTargetOrder(session, request);
  if (isRefusal(charge)) return refused(charge);
  const { account, clock } = session;
  const order = toOrder(charge, account, clock());
  const { item, quantity, subscribe } = request;
  const question: EligibilityQuestion = { order, item, quantity, subscribe: subscribe !== null };
  const evaluated = await evaluate(session, question);
  const refusal = refusalAfter(evaluated, request, product);
  if (refusal) return refused(refusal, order);
  const frequency = subscribe && frequencyFor(subscribe, itemIn(evaluated.facts));
  if (frequency !== null && !('every' in frequency)) return refused(frequencyNeeded, order);
  return ready(await targetOf(session, request, { charge, order, product, facts: evaluated.facts, frequency }));
}

function refusalAfter({ eligibility, facts }: Evaluated, request: AddItem, { id }: ProductChoice): Refusal | null {
  const { reasons } = eligibility;
  if (isForbidden(reasons)) return notEligible(reasons);
  // Without them a lost answer cannot be judged, nor whether the item is there already.
  if (facts?.lines.state === 'failed') throw new ProviderFailure(facts.lines.problem);
  const lines = facts?.lines.state === 'found' ? facts.lines.value : [];
  const existing = request.subscribe === null ? findOneTime(lines, id) : null;
  return existing && request.ifPresent === 'REJECT' ? duplicateItem(existing) : null;
}

interface Target {
  readonly charge: WireCharge;
  readonly order: Order;
  readonly product: ProductChoice;
  readonly facts: ItemFacts | null;
  readonly frequency: Frequency | null;
}

async function targetOf(session: Session, request: AddItem, { charge, order, product, facts, frequency }: Target) {
  const { account } = session;
  const { quantity } = request;
  const mark = newMark(session);
  const price = priceOf(order, facts, frequency, 1);
  const { view, known } = await viewBefore(session, charge, subjectOf(request), mark);
  if (view.lines.problem) throw new ProviderFailure(view.lines.problem);
  const step: PlannedStep = {
    name: frequency === null ? ADD_ONETIME : ADD_SUBSCRIPTION,
    expects: [
      {
        kind: 'line_added',
        productId: product.id,
        quantity,
        recurring: frequency !== null,
        ...(frequency !== null && { frequency }),
        mark,
      },
    ],
  };
  const sentPrice = account.settings.priceSource === 'catalogue' ? (price?.amount ?? null) : null;
  return {
    order,
    product: toProductRef(product.id, account),
    steps: [step],
    before: view,
    context: { ...contextOf(charge, product.id, { mark, price: sentPrice, known }), frequency },
    expectedIncrease: increaseOf(charge, price?.times(quantity) ?? null),
  };
}

/**
 * Returns what the order grows by; null where a rebuild may also change taxes that come on top and discounts that go,
 * which is not known beforehand.
 */
function increaseOf({ hasDiscounts, tax, taxesIncluded }: WireCharge, price: Money | null): Money | null {
  const isTaxed = taxesIncluded !== true && Number(tax ?? 0) > 0;
  return hasDiscounts || isTaxed ? null : price;
}

function itemIn(facts: ItemFacts | null) {
  return facts?.item?.state === 'found' ? facts.item.value : null;
}

const productNeeded = nothingToAdd('This shop has no offers');

const frequencyNeeded = invalid(
  ['subscribe', 'frequency'],
  'FREQUENCY_NAMED',
  'The plans of this product state no single frequency: name one.',
);
