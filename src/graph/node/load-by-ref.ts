import type { EntityRef } from '../../domain/reference.js';
import type { GraphContext } from '../context.js';
import { customerByRef } from '../customer/customer.js';
import { loadOperation } from '../operation/load-operation.js';
import { loadLineItem, loadOrder, loadSubscription } from '../load-record.js';
import { loadOffer } from '../offer/load-offer.js';
import { productByRef } from '../product/product-by-ref.js';
import type { SelectedFields } from '../selection.js';
import type { NodeRecord } from './node.type.js';

/**
 * Loads any record by reference; null when there is none for this actor. A record with an owner is read even when nothing of it
 * is selected: null is what tells another shopper's record from one's own.
 */
export async function loadByRef(
  context: GraphContext,
  { type, account, key }: EntityRef,
  selected: SelectedFields,
): Promise<NodeRecord | null> {
  switch (type) {
    case 'Order':
      return loadOrder(context, { type, account, key });
    case 'LineItem':
      return loadLineItem(context, { type, account, key });
    case 'SubscriptionContract':
      return loadSubscription(context, { type, account, key });
    case 'Product':
      return productByRef(context, { type, account, key }, selected(type));
    case 'UpsellOffer':
      return loadOffer(context, { type, account, key });
    case 'ProviderAccount':
      return context.accounts.get(key)?.account ?? null;
    case 'Customer':
      return customerByRef(context, { type, account, key });
    case 'UpsellOperation':
      return loadOperation(context, key);
    // Previews are not stored.
    case 'UpsellPreview':
      return null;
  }
}
