import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import { type Batch, batch, type BatchLimits } from '../kit/batch.js';
import { attemptLookup, lookupRows } from '../kit/lookups.js';
import { PAGE_SIZE } from './client.js';
import { isRecordId } from './keys.js';
import { isOfMode, type OrderRecord, type RecordServices, readOrderRecords } from './order-records.js';
import { decodePrice, decodeUpsell, type WirePrice, type WireUpsell } from './wire-catalogue.js';
import { decodeSubscription, type WireSubscription } from './wire-subscriptions.js';

/** Reads of one data source: makes none twice, and keeps nothing longer than the request. */
export interface Reads {
  readonly orders: Batch<OrderRecord>;
  /** Returns the identifier of the order that was made from a checkout. */
  orderOfCheckout(checkoutId: string): Promise<Lookup<string>>;
  readonly subscriptions: Batch<WireSubscription>;
  readonly prices: Batch<WirePrice>;
  readonly upsells: Batch<WireUpsell>;
}

/** A hundred identifiers make a query of about five thousand characters; longer ones are refused by some gateways. */
const byId: BatchLimits = {
  maxCount: PAGE_SIZE,
  maxLength: 5_000,
  lengthOf: (id) => 'ids%5B%5D=&'.length + id.length,
  isId: isRecordId,
};

export function createReads(services: RecordServices): Reads {
  const { client, settings } = services;
  const prices = batch(async (ids) => lookupRows(await client.prices(ids), decodePrice), byId);
  const subscriptions = batch(async (ids) => lookupRows(await client.subscriptions(ids), decodeSubscription), byId);
  const upsells = batch(async (ids) => lookupRows(await client.upsells(ids), decodeUpsell), byId);
  const orders = batch(async (ids) => {
    const records = await readOrderRecords(services, await client.orders(ids));
    for (const record of records.byId.values()) if (record.state === 'found') noteContents(record.value);
    return records;
  }, byId);

  /** Notes the prices, subscriptions and upsell that came along, which need not be read again. */
  function noteContents({ wire, lines, upsell }: OrderRecord): void {
    for (const price of [...lines.records.map((line) => line.price), upsell?.price ?? null]) {
      if (price?.product) prices.note(price.id, found(price));
    }
    if (upsell?.price?.product) upsells.note(upsell.id, found(upsell));
    for (const subscription of wire.checkout.subscriptions?.records ?? []) {
      if (subscription.price && isOfMode(subscription, settings))
        subscriptions.note(subscription.id, found(subscription));
    }
  }

  async function orderOfCheckout(checkoutId: string): Promise<Lookup<string>> {
    return attemptLookup(async () => {
      const { byId, gap } = await readOrderRecords(services, await client.ordersOfCheckouts([checkoutId]));
      for (const [id, record] of byId) {
        if (record.state !== 'found' || record.value.wire.checkout.id !== checkoutId) continue;
        noteContents(record.value);
        orders.note(id, record);
        return found(id);
      }
      return gap ? failed(gap) : missing;
    });
  }

  return { orders, orderOfCheckout, subscriptions, prices, upsells };
}
