import { Money } from '../../domain/money.js';
import type { BoundPreview, UpsellPreview } from '../../domain/preview.js';
import { refOfType, toGlobalId, type GlobalId } from '../../domain/reference.js';

/** Encodes a preview in its ID, so that nothing is stored. */
export function toPreviewId(
  { order, product, quantity, eligibility, charge, basis }: UpsellPreview,
  expiresAt: Date,
): GlobalId {
  const increase = charge.increase && [charge.increase.amountMinor, charge.increase.currency];
  const subscribe = eligibility.purchaseMode === 'SUBSCRIPTION';
  const bound = [order.ref.key, product.providerId, quantity, subscribe, increase, expiresAt.getTime(), basis ?? null];
  return toGlobalId({ type: 'UpsellPreview', account: order.ref.account, key: JSON.stringify(bound) });
}

/** Decodes a preview; null for an ID not made by `toPreviewId`. */
export function decodePreviewId(id: GlobalId): { readonly account: string; readonly bound: BoundPreview } | null {
  const ref = refOfType(id, 'UpsellPreview');
  const bound = ref && toBoundPreview(parseList(ref.key));
  return bound && { account: ref.account, bound };
}

function toBoundPreview([
  orderKey,
  productId,
  quantity,
  subscribe,
  increase,
  expiresAt,
  basis = null,
]: readonly unknown[]): BoundPreview | null {
  if (typeof orderKey !== 'string' || typeof productId !== 'string') return null;
  if (typeof quantity !== 'number' || typeof subscribe !== 'boolean') return null;
  if (typeof expiresAt !== 'number' || !Number.isSafeInteger(expiresAt)) return null;
  if (basis !== null && typeof basis !== 'string') return null;
  const money = increase === null ? null : toMoney(increase);
  if (money === undefined) return null;
  return { orderKey, productId, quantity, subscribe, increase: money, basis, expiresAt: new Date(expiresAt) };
}

function toMoney(pair: unknown): Money | undefined {
  const [minor, currency]: readonly unknown[] = Array.isArray(pair) ? pair : [];
  if (typeof minor !== 'string' || !/^-?\d{1,30}$/.test(minor) || typeof currency !== 'string') return undefined;
  return new Money(BigInt(minor), currency, 'PROVIDER');
}

function parseList(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
