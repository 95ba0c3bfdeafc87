import { type Capability, type CapabilityKey } from '../domain/capability.js';
import type { DataSource } from '../domain/provider.js';
import type { WriteRequest, Writer } from '../domain/write.js';

/**
 * Returns the port for this kind of write; undefined when the provider has none. Hand it requests of this kind only.
 */
export function writerFor(source: DataSource, request: WriteRequest): Writer<WriteRequest> | undefined {
  switch (request.kind) {
    case 'ADD_UPSELL_ITEM':
      return source.upsells?.add;
    case 'CHANGE_UPSELL_ITEM_QUANTITY':
      return source.upsells?.changeQuantity;
    case 'REMOVE_UPSELL_ITEM':
      return source.upsells?.remove;
    case 'DECLINE_UPSELL_OFFER':
      return source.upsells?.decline;
    case 'CONVERT_TO_SUBSCRIPTION':
      return source.conversions;
    case 'COMPLETE_CHECKOUT':
      return source.checkout;
  }
}

/** Returns the capability a write needs, with what the provider says of it. */
export function capabilityFor(request: WriteRequest, capabilities: readonly Capability[]): Capability {
  const key = capabilityKeyFor(request);
  const fallback: Capability = { key, support: 'UNSUPPORTED', note: null };
  return capabilities.find((capability) => capability.key === key) ?? fallback;
}

function capabilityKeyFor(request: WriteRequest): CapabilityKey {
  switch (request.kind) {
    case 'ADD_UPSELL_ITEM':
      return request.subscribe ? 'ADD_AS_SUBSCRIPTION' : 'ADD_ONE_TIME_ITEM';
    case 'CHANGE_UPSELL_ITEM_QUANTITY':
      return 'CHANGE_QUANTITY';
    case 'REMOVE_UPSELL_ITEM':
      return 'REMOVE_ITEM';
    case 'DECLINE_UPSELL_OFFER':
      return 'OFFER_FUNNEL';
    case 'CONVERT_TO_SUBSCRIPTION':
      return 'CONVERT_TO_SUBSCRIPTION';
    case 'COMPLETE_CHECKOUT':
      return 'POST_PURCHASE_ORDERS';
  }
}
