import type { WirePrice, WireUpsell } from './wire-catalogue.js';

/** Of one unit, in minor units. Null where only SureCart knows it. */
export interface OfferPrice {
  readonly price: bigint | null;
  readonly compareAt: bigint | null;
}

/** Returns the price of an offer; null for one to be rounded, because how a percentage is rounded is not documented. */
export function offerPriceOf({ amountOff, percentOff }: WireUpsell, price: WirePrice | null): OfferPrice {
  const list = price && listPriceOf(price);
  const reduced = list === null ? null : reduce(list, amountOff, percentOff);
  const full = list !== null && price !== null && price.scratch !== null && price.scratch > list ? price.scratch : list;
  return { price: reduced, compareAt: reduced !== null && full !== null && full > reduced ? full : null };
}

/** Returns what one unit costs without an offer; null where the buyer chooses. */
export function listPriceOf({ amount, adHoc }: WirePrice): bigint | null {
  return adHoc === true ? null : amount;
}

/** Takes a reduction off an amount. Null for two reductions, of which one counts, and for one that would raise it. */
function reduce(amount: bigint, amountOff: bigint | null, percentOff: string | null): bigint | null {
  if (amountOff !== null && percentOff !== null) return null;
  const off = amountOff ?? (percentOff === null ? 0n : shareOf(amount, percentOff));
  if (off === null || off < 0n) return null;
  return off < amount ? amount - off : 0n;
}

/** Returns a percentage of an amount where it is exact: 12.5 % of 16.00 is 2.00, of 16.01 it is no amount. */
function shareOf(amount: bigint, percent: string): bigint | null {
  if (Number(percent) > 100) return null;
  const [whole = '', fraction = ''] = percent.split('.');
  const scale = 100n * 10n ** BigInt(fraction.length);
  const product = amount * BigInt(whole + fraction);
  return product % scale === 0n ? product / scale : null;
}
