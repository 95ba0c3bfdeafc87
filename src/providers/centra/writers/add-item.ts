import type { AddItem, Preparation, Writer } from '../../../domain/write.js';
import { notEligible, notFound, providerFailed, type Refusal } from '../../../domain/refusal.js';
import { requireWhole } from '../../kit/decode.js';
import { isForbidden } from '../../kit/eligibility.js';
import { duplicateItem, nothingToAdd, ready, refused } from '../../kit/preparation.js';
import { toProductRef } from '../../kit/references.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { checkAll } from '../eligibility.js';
import { chooseItem, type ItemFacts } from '../item-rules.js';
import { isOrderNumber, isProductId } from '../keys.js';
import { toLineItem } from '../mapping.js';
import { isOpen, windowOf } from '../order-window.js';
import { readOrder } from '../orders.js';
import { increaseOf } from '../preview.js';
import type { Session } from '../session.js';
import { type AddContext, decodeAddContext, snapshotOf, stepsFor } from './add-context.js';
import { inspectAdded } from './inspect-add.js';
import { sendAdd } from './send-add.js';

/** One call adds one unit; every unit is a step of its own, on record before it is sent. */
export function createAddItemWriter(session: Session): Writer<AddItem> {
  return withStoredContext(decodeAddContext, {
    prepare: (request) => prepare(session, request),
    send: (_step, _request, progress) => sendAdd(session, progress),
    inspect: (_step, _request, progress) => inspectAdded(session, progress),
  });
}

async function prepare(session: Session, request: AddItem): Promise<Preparation<AddContext>> {
  const { item, quantity, subscribe, orderKey } = request;
  await startReads(session, request);
  const context = await readOrder(session, orderKey);
  if (context === null) return refused(notFound(['orderId'], 'order'));
  if (item.product === null) return refused(productNeeded);
  const { order } = context;
  const [checked] = await checkAll(session, [{ order, item, quantity, subscribe: subscribe !== null }]);
  const reasons = checked?.eligibility.reasons ?? [];
  if (isForbidden(reasons)) return refused(notEligible(reasons));
  const facts = checked?.facts ?? null;
  const chosen = chosenItem(facts, item.product);
  if (facts === null || chosen === null) return refused(unreadable(facts));
  const existing = requireWhole(context.wire.lines).find((line) => line.item === chosen);
  if (existing && request.ifPresent === 'REJECT') {
    return refused(duplicateItem(toLineItem(existing, context, session.account)));
  }
  return ready({
    order,
    product: toProductRef(item.product.id, session.account),
    steps: stepsFor(quantity),
    snapshot: snapshotOf(context.wire, chosen),
    expectedIncrease: increaseOf(session, facts, quantity),
  });
}

/** The candidate need not wait for the order when the order may be open. */
async function startReads({ reads, account, clock }: Session, { orderKey, item }: AddItem): Promise<void> {
  const productId = item.product?.id;
  if (productId === undefined || !isProductId(productId) || !isOrderNumber(orderKey)) return;
  const window = windowOf(await reads.terms.get(orderKey), account.settings, account.timeZone, clock());
  if (isOpen(window)) void reads.candidates.get({ orderNumber: orderKey, productIds: [productId] });
}

function chosenItem(facts: ItemFacts | null, choice: NonNullable<AddItem['item']['product']>): string | null {
  if (facts?.product?.state !== 'found') return null;
  const size = chooseItem(facts.product.value, choice);
  return 'item' in size ? size.item : null;
}

/** Nothing forbids it, but what to add could not be read either. */
function unreadable(facts: ItemFacts | null): Refusal {
  const product = facts?.product;
  return product?.state === 'failed' ? providerFailed(product.problem, 'SAME_KEY') : productNeeded;
}

const productNeeded = nothingToAdd('Centra has no offers');
