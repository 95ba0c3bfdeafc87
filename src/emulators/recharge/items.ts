import { isTrue } from '../kit/input.js';
import { misbehaves } from '../kit/endpoints.js';
import { toEasternDate, toStamp } from './eastern-time.js';
import type { Exchange } from './endpoints.js';
import { dateIn, externalIdIn, priceIn, propertiesIn } from './input.js';
import { unitPriceOf } from './pricing.js';
import { queuedAt } from './rebuild.js';
import type { AddressRecord, OnetimeRecord, VariantRecord } from './records.js';
import { addressNotFound, errorChargesExist, invalid } from './refusals.js';

/** What a request to put something on a charge names. */
export interface WantedItem {
  readonly address: AddressRecord;
  readonly variant: VariantRecord;
  readonly quantity: number;
  readonly date: string;
  readonly price: number | null;
}

export function wantedItem(exchange: Exchange): WantedItem {
  const { input, context } = exchange;
  input.require('address_id', 'external_variant_id', 'quantity');
  const address = context.store.addresses.get(Number(input.text('address_id')));
  if (!address) throw addressNotFound();
  return {
    address,
    variant: variantIn(exchange),
    quantity: input.integer('quantity', { least: 1 }),
    date: wantedDate(exchange, address),
    price: priceIn(input, 'price'),
  };
}

export function variantIn({ input, context }: Exchange): VariantRecord {
  const variant = context.store.variants.get(externalIdIn(input, 'external_variant_id'));
  if (!variant || variant.is_deleted) throw invalid({ external_variant_id: ['Not a variant of this store.'] });
  return variant;
}

/**
 * Reads the date of an item, or takes that of the next charge of the address, whatever that is by now: a request names
 * one of the two, and not both.
 */
function wantedDate(exchange: Exchange, { id }: AddressRecord): string {
  const { input, context } = exchange;
  const isNext = input.has('add_to_next_charge') && isTrue(input.value('add_to_next_charge'));
  if (isNext === input.has('next_charge_scheduled_at')) {
    throw invalid({ next_charge_scheduled_at: ['Either this or add_to_next_charge is required, and not both.'] });
  }
  if (!isNext) return futureDate(exchange, dateIn(input, 'next_charge_scheduled_at'));
  const [next] = [...queuedAt(context.store, id)].sort((left, right) =>
    left.scheduled_at < right.scheduled_at ? -1 : 1,
  );
  if (!next) throw invalid({ add_to_next_charge: ['There is no upcoming charge.'] });
  return next.scheduled_at;
}

export function futureDate({ context }: Exchange, date: string): string {
  const today = toEasternDate(context.clock.now());
  const isAllowed = context.switches.get('itemsForToday') === 'allow' ? date >= today : date > today;
  if (!isAllowed) throw invalid({ next_charge_scheduled_at: 'Cannot be in the past' });
  return date;
}

/** Refuses a write while a charge of the customer is in error, or one of the address where so switched. */
export function refuseErrorCharges({ context }: Exchange, { id, customer_id: customer }: AddressRecord): void {
  const isByAddress = context.switches.get('errorCharges') === 'address';
  const isMeant = (charge: { readonly address_id: number; readonly customer_id: number }) =>
    isByAddress ? charge.address_id === id : charge.customer_id === customer;
  if (context.store.charges.find((charge) => charge.status === 'error' && isMeant(charge))) throw errorChargesExist();
}

/** Adds an item of its own for each call: two are never taken for one. */
export function createOnetime(exchange: Exchange, wanted: WantedItem): OnetimeRecord {
  const { context, input } = exchange;
  const { store, clock } = context;
  const { address, variant } = wanted;
  const now = toStamp(clock.now());
  const [next = wanted.date] = misbehaves(exchange, 'moveItem') ? otherDates(exchange, wanted) : [wanted.date];
  return store.onetimes.add({
    id: store.nextItemId(),
    customer_id: address.customer_id,
    address_id: address.id,
    external_variant_id: variant.external_variant_id,
    quantity: wanted.quantity,
    price: wanted.price ?? unitPriceOf(variant, address.presentment_currency),
    properties: propertiesIn(input),
    next_charge_scheduled_at: next,
    is_cancelled: false,
    created_at: now,
    updated_at: now,
  });
}

function otherDates({ context }: Exchange, { address, date }: WantedItem): readonly string[] {
  return queuedAt(context.store, address.id).flatMap(({ scheduled_at: each }) => (each === date ? [] : [each]));
}
