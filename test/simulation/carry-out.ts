import { notEligible } from '../../src/domain/refusal.js';
import {
  type SendResult,
  statedFrequency,
  type StepResult,
  type WriteProgress,
  type WriteRequest,
} from '../../src/domain/write.js';
import type { Author, BookLine, View } from './books.js';
import type { Shop } from './simulated-provider.js';

/** One write as it reaches the provider. */
export interface Deed {
  readonly step: string;
  readonly request: WriteRequest;
  readonly progress: WriteProgress;
  readonly author: Author;
  readonly operationId: string;
  readonly isRepeat: boolean;
}

/** The provider itself knows what does not show yet. */
export const MAX_LAG_MS = 4_000;

/** Does at the provider what a write asks for, or a little else; shows after `lagMs`. Answers as the provider would. */
export function carryOut(shop: Shop, deed: Deed, lagMs: number): SendResult {
  const { books, world, laws } = shop;
  const { step, request, author, operationId, isRepeat } = deed;
  const from = world.now + lagMs;
  const change = changeOf(shop, deed, from);
  if (!change) {
    world.tell(() => `The provider refuses ${step} of key ${author.key}.`);
    return { outcome: 'refused', attempts: 1, refusal: notEligible([]) };
  }
  const { record, result } = change;
  world.tell(() => `The provider carries out ${step} of key ${author.key}: ${record}.`);
  const effect = { author, operationId, step, record, at: world.now, isInForce: true, isRepeat };
  books.effects.push(effect);
  laws.applied(effect, request);
  return { outcome: 'confirmed', attempts: 1, result };
}

interface Change {
  readonly record: string;
  readonly result: StepResult;
}

function changeOf({ books, world, faults, kind }: Shop, deed: Deed, from: number): Change | null {
  const { step, request, progress } = deed;
  const view = books.at(world.now + MAX_LAG_MS);
  const capped = (quantity: number) =>
    quantity > 1 && faults.happens('quantity capped', 'provider.cap', 2) ? quantity - 1 : quantity;
  switch (request.kind) {
    case 'ADD_UPSELL_ITEM': {
      if (step === 'create_subscription') {
        const line = progress.done['add_item']?.lineItemKey ?? '';
        if (!view.line(line)) return null;
        return subscribed(books.addSubscription(line, statedFrequency(request.subscribe)?.every ?? 0, from).key);
      }
      if (view.statusOf(request.orderKey) !== 'SCHEDULED') return null;
      const isMoved = kind.sharesLock && faults.happens('target moved', 'provider.move', 3);
      const order = isMoved ? (request.orderKey === 'order-1' ? 'order-2' : 'order-1') : request.orderKey;
      books.unitPrice = faults.happens('price changed', 'provider.price', 3) ? 900 : 400;
      const quantity = kind.name === 'units' ? 1 : capped(request.quantity);
      const line = books.addLine(order, request.item.product?.id ?? '', quantity, from);
      if (faults.happens('payment failed', 'provider.payment', 3)) {
        world.tell(() => `The payment for ${line.key} fails after the answer.`);
        books.setStatus(order, 'PAYMENT_FAILED', from);
      }
      return { record: line.key, result: { lineItemKey: line.key } };
    }
    case 'CONVERT_TO_SUBSCRIPTION': {
      if (!openLine(view, request.lineItemKey)) return null;
      return subscribed(
        books.addSubscription(request.lineItemKey, statedFrequency(request.frequency)?.every ?? 0, from).key,
      );
    }
    case 'CHANGE_UPSELL_ITEM_QUANTITY': {
      const line = openLine(view, request.lineItemKey);
      if (!line) return null;
      books.setQuantity(line, capped(request.quantity), from);
      return { record: line.key, result: { lineItemKey: line.key } };
    }
    case 'REMOVE_UPSELL_ITEM': {
      const line = openLine(view, request.lineItemKey);
      if (!line) return null;
      line.goneAt = from;
      return { record: line.key, result: { removedLineItemKey: line.key } };
    }
    case 'DECLINE_UPSELL_OFFER':
    case 'COMPLETE_CHECKOUT':
      return null;
  }
}

/** A line of an order that still takes changes. */
function openLine(view: View, key: string): BookLine | null {
  const line = view.line(key);
  return line && view.statusOf(line.order) === 'SCHEDULED' ? line : null;
}

function subscribed(subscriptionKey: string): Change {
  return { record: subscriptionKey, result: { subscriptionKey } };
}
