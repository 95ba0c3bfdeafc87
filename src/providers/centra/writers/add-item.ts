import type { LineItem } from '../../../domain/line-item.js';
import { problemOf } from '../../../domain/problem.js';
import {
  invalid,
  notEligible,
  notFound,
  providerFailed,
  type Refusal,
  type RefusalOf,
} from '../../../domain/refusal.js';
import type { AddItem, Preparation, Writer } from '../../../domain/write.js';
import { checkAll } from '../eligibility.js';
import { chooseItem, type ItemFacts } from '../item-rules.js';
import { type OrderContext, toLineItem, toProductRef } from '../mapping.js';
import { isOpen, windowOf } from '../order-window.js';
import { readOrder } from '../orders.js';
import { increaseOf } from '../preview.js';
import { isOrderNumber, isProductId } from '../record-id.js';
import type { Session } from '../session.js';
import { snapshotOf, stepsFor } from './add-context.js';
import { inspectAdded } from './inspect-added.js';
import { sendAdd } from './send-add.js';

/** One call adds one unit; every unit is a step of its own, on record before it is sent. */
export function createAddItemWriter(session: Session): Writer<AddItem> {
  return {
    async prepare(request) {
      try {
        return await prepare(session, request);
      } catch (error) {
        return refuse(providerFailed(problemOf(error), 'SAME_KEY'));
      }
    },
    send: (_step, _request, progress) => sendAdd(session, progress),
    inspect: (_step, _request, progress) => inspectAdded(session, progress),
  };
}

async function prepare(session: Session, request: AddItem): Promise<Preparation> {
  const { item, quantity, subscribe, orderKey } = request;
  await startReads(session, request);
  const context = await readOrder(session, orderKey);
  if (context === null) return refuse(notFound(['orderId'], 'order'));
  if (item.product === null) return refuse(productNeeded);
  const { order } = context;
  const [checked] = await checkAll(session, [{ order, item, quantity, subscribe: subscribe !== null }]);
  const reasons = checked?.eligibility.reasons ?? [];
  if (reasons.some(({ blocking }) => blocking)) return refuse(notEligible(reasons));
  const facts = checked?.facts ?? null;
  const chosen = chosenItem(facts, item.product);
  if (facts === null || chosen === null) return refuse(unreadable(facts));
  const existing = context.wire.lines.find((line) => line.item === chosen);
  if (existing && request.ifPresent === 'REJECT') {
    return refuse(duplicate(toLineItem(existing, context, session.account)));
  }
  return ready(session, context, { item: chosen, facts, productId: item.product.id, quantity });
}

/** The candidate need not wait for the order when the order may be open. */
async function startReads({ reads, account, clock }: Session, { orderKey, item }: AddItem): Promise<void> {
  const productId = item.product?.id;
  if (productId === undefined || !isProductId(productId) || !isOrderNumber(orderKey)) return;
  const window = windowOf(await reads.terms.get(orderKey), account.settings, account.timeZone, clock());
  if (isOpen(window)) void reads.candidates.get({ orderNumber: orderKey, productIds: [productId] });
}

interface Chosen {
  readonly item: string;
  readonly productId: string;
  readonly quantity: number;
  readonly facts: ItemFacts;
}

function ready(
  session: Session,
  { order, wire }: OrderContext,
  { item, productId, quantity, facts }: Chosen,
): Preparation {
  return {
    outcome: 'ready',
    target: {
      order,
      product: toProductRef(productId, session.account),
      steps: stepsFor(quantity),
      snapshot: snapshotOf(wire, item),
      expectedIncrease: increaseOf(session, facts, quantity),
    },
  };
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

function refuse(refusal: Refusal): Preparation {
  return { outcome: 'refused', refusal };
}

const productNeeded = invalid(['item'], 'PRODUCT_NAMED', 'Centra has no offers: name the product to add.');

function duplicate(existing: LineItem): RefusalOf<'DUPLICATE_ITEM'> {
  const message = 'This order already has this item.';
  return { code: 'DUPLICATE_ITEM', message, path: ['item'], retry: 'NEW_REQUEST', existing };
}
