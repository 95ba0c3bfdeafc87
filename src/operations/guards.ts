import type { Money } from '../domain/money.js';
import type { BoundPreview } from '../domain/preview.js';
import { invalid, type Refusal, type RefusalOf } from '../domain/refusal.js';
import type { WriteRequest, WriteTarget } from '../domain/write.js';
import type { WriteGuards } from './write-command.js';

/** Returns what forbids the write although the provider would do it. */
export function checkGuards(
  guards: WriteGuards,
  request: WriteRequest,
  target: WriteTarget,
  now: Date,
): Refusal | null {
  if (guards.preview) {
    const refusal = checkPreview(guards.preview, request, target, now);
    if (refusal) return refusal;
  }
  return guards.maxIncrease ? checkIncrease(guards.maxIncrease, target.expectedIncrease) : null;
}

function checkPreview(preview: BoundPreview, request: WriteRequest, target: WriteTarget, now: Date): Refusal | null {
  if (preview.expiresAt <= now) {
    return invalid(['guards', 'previewId'], 'PREVIEW_EXPIRED', 'This preview has expired. Ask for a new one.');
  }
  if (request.kind !== 'ADD_UPSELL_ITEM' || !isFor(preview, request, target)) {
    return invalid(
      ['guards', 'previewId'],
      'PREVIEW_MATCHES',
      'This preview was made for another order, item or quantity.',
    );
  }
  return preview.increase ? checkIncrease(preview.increase, target.expectedIncrease) : null;
}

function isFor(preview: BoundPreview, request: { quantity: number; subscribe: unknown }, target: WriteTarget): boolean {
  return (
    preview.orderKey === target.order?.ref.key &&
    preview.productId === target.product?.providerId &&
    preview.quantity === request.quantity &&
    preview.subscribe === (request.subscribe !== null)
  );
}

function checkIncrease(allowed: Money, found: Money | null): RefusalOf<'PRICE_GUARD'> | null {
  if (found && found.currency === allowed.currency && found.minor <= allowed.minor) return null;
  const message = found
    ? `This would cost ${found.toString()}, more than the ${allowed.toString()} agreed to.`
    : 'The shop does not say beforehand what this will cost, so the agreed limit cannot be kept.';
  return { code: 'PRICE_GUARD', message, path: ['guards'], retry: 'NEW_REQUEST', allowed, found };
}
