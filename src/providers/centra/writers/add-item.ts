import type { AddItem, Preparation, Writer } from '../../../domain/write.js';
import { ProviderFailure } from '../../../domain/problem.js';
import { notEligible, notFound, type Refusal } from '../../../domain/refusal.js';
import { requireWhole } from '../../kit/decode.js';
import { isForbidden } from '../../kit/eligibility.js';
import { duplicateItem, nothingToAdd, ready, refused } from '../../kit/preparation.js';
import { toProductRef } from '../../kit/references.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { checkAll } from '../eligibility.js';
import { chooseItem, type ItemFacts } from '../item-rules.js';
import { toLineItem } from '../mapping.js';
import { readOrder } from '../orders.js';
import { increaseOf } from '../preview.js';
import type { Session } from '../session.js';
import { type AddContext, decodeAddContext, stepsOf } from './add-context.js';
import { lookAt, viewContext } from './order-view.js';
import { sendAdd } from './send-add.js';

/** Creates a writer that adds a unit a call. Every unit is a step of its own, on record before it is sent. */
export function createAddItemWriter(session: Session): Writer<AddItem> {
  return withStoredContext(decodeAddContext, {
    prepare: (request) => prepare(session, request),
    send: (_step, _request, progress) => sendAdd(session, progress),
    look: ({ orderKey }) => lookAt(session, orderKey),
  });
}

async function prepare(session: Session, request: AddItem): Promise<Preparation<AddContext>> {
  const { item, quantity, subscribe, orderKey } = request;
  const context = await readOrder(session, orderKey);
  if (context === null) return refused(notFound(['orderId'], 'order'));
  if (item.product === null) return refused(productNeeded);
  const { order } = context;
  const [checked] = await checkAll(session, [{ order, item, quantity, subscribe: subscribe !== null }]);
  const reasons = checked?.eligibility.reasons ?? [];
  if (isForbidden(reasons)) return refused(notEligible(reasons), order);
  const facts = checked?.facts ?? null;
  const chosen = chosenItem(facts, item.product);
  if (facts === null || chosen === null) return refused(unreadable(facts), order);
  const existing = requireWhole(context.wire.lines).find((line) => line.item === chosen);
  if (existing && request.ifPresent === 'REJECT') {
    return refused(duplicateItem(toLineItem(existing, context, session.account)), order);
  }
  const stored: AddContext = { orderNumber: orderKey, item: chosen };
  return ready({
    order,
    product: toProductRef(item.product.id, session.account),
    steps: stepsOf(stored, request),
    before: await viewContext(session, context, null),
    context: stored,
    expectedIncrease: increaseOf(session, facts, quantity),
  });
}

function chosenItem(facts: ItemFacts | null, choice: NonNullable<AddItem['item']['product']>): string | null {
  if (facts?.product?.state !== 'found') return null;
  const size = chooseItem(facts.product.value, choice);
  return 'item' in size ? size.item : null;
}

/** Refuses an add that nothing forbids, but whose product could not be read either. */
function unreadable(facts: ItemFacts | null): Refusal {
  const product = facts?.product;
  if (product?.state === 'failed') throw new ProviderFailure(product.problem);
  return productNeeded;
}

const productNeeded = nothingToAdd('Centra has no offers');
