import type { ItemChoice } from '../../domain/eligibility.js';
import type { OrderRecord } from './order-records.js';
import type { WireUpsell } from './wire-catalogue.js';

/** What the choice of a shopper comes to on an order. */
export type ChosenOffer =
  | { readonly state: 'offered'; readonly upsell: WireUpsell }
  /** Accepted before. */
  | { readonly state: 'taken' }
  | { readonly state: 'not_offered' };

/** Chooses the offer with this identifier, or the one whose price was named: nothing else can be added. */
export function chosenOffer({ upsell, lines }: OrderRecord, { offerKey, product }: ItemChoice): ChosenOffer {
  const isChosen = (upsellId: string | null, priceId: string) =>
    upsellId !== null && (offerKey === null ? priceId === product?.id : upsellId === offerKey);
  if (upsell && isChosen(upsell.id, upsell.priceId)) return { state: 'offered', upsell };
  const isTaken = lines.records.some((line) => isChosen(line.upsellId, line.priceId));
  return { state: isTaken ? 'taken' : 'not_offered' };
}
