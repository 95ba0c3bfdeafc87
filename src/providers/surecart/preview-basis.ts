import { createHash } from 'node:crypto';
import type { Money } from '../../domain/money.js';
import type { BoundPreview } from '../../domain/preview.js';
import type { AddItem } from '../../domain/write.js';
import { chosenOffer } from './offer-choice.js';
import type { OrderRecord } from './order-records.js';
import type { WireOrder } from './wire.js';
import type { WireUpsell } from './wire-catalogue.js';

type Wanted = Pick<AddItem, 'item' | 'quantity'>;

/** Digests what SureCart prices a line from, as it reads now: the offer with its price, what is asked for, and the checkout. */
export function basisOf({ checkout }: WireOrder, upsell: WireUpsell, { item, quantity }: Wanted): string {
  const { id, currency, taxEnabled, taxBehavior, discount, total } = checkout;
  const ofCheckout = [id, currency, taxEnabled, taxBehavior, discount, total];
  const all = [upsell, item.product?.variantId ?? null, quantity, ofCheckout];
  const written = JSON.stringify(all, (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return createHash('sha256').update(written).digest('base64url').slice(0, 22);
}

/**
 * Returns the increase that the shopper was shown, while all it was computed from reads as it did. Null when it has to
 * be computed: a call that tries it out counts as much as the one that does it.
 */
export function shownIncrease(
  record: OrderRecord,
  wanted: Wanted,
  shown: BoundPreview | null | undefined,
  now: Date,
): Money | null {
  const chosen = chosenOffer(record, wanted.item);
  if (!shown || shown.expiresAt <= now || chosen.state !== 'offered') return null;
  return shown.basis === basisOf(record.wire, chosen.upsell, wanted) ? shown.increase : null;
}
