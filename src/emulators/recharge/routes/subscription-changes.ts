import { announce, type Topic } from '../announcements.js';
import { toStamp } from '../eastern-time.js';
import { type Exchange, idIn, isCommitted, onAddress, type RechargeEndpoints } from '../endpoints.js';
import { dateIn, priceIn, propertiesIn } from '../input.js';
import { futureDate, variantIn } from '../items.js';
import { mergeOn, scheduleRebuild } from '../rebuild.js';
import { addressNotFound } from '../refusals.js';
import type { SubscriptionRecord } from '../records.js';
import { intervalIn, planFor, shown, subscriptionById, WRITE } from './subscriptions.js';

/** Serves the changes of subscriptions. See https://docs.getrecharge.com/docs/subscriptions */
export function subscriptionChanges(endpoints: RechargeEndpoints): void {
  const write = (
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    topic: Topic,
    change: (exchange: Exchange, subscription: SubscriptionRecord, now: string) => void,
  ) =>
    endpoints.write(method, onAddress(`/subscriptions/:id${path}`, WRITE, addressOf), (exchange) => {
      const { context } = exchange;
      const subscription = subscriptionById(exchange);
      const now = toStamp(context.clock.now());
      change(exchange, subscription, now);
      subscription.updated_at = now;
      announce(context, topic, subscription);
      scheduleRebuild(context, subscription.address_id, isCommitted(exchange));
      const { subscriptions } = context.store;
      return method === 'DELETE' ? undefined : shown(exchange, subscriptions.existing(subscription.id));
    });

  // All coming orders change.
  write('PUT', '', 'subscription/updated', (exchange, subscription) => {
    const { input, context } = exchange;
    if (input.has('quantity')) subscription.quantity = input.integer('quantity', { least: 1 });
    if (input.has('properties')) subscription.properties = propertiesIn(input);
    if (input.has('external_variant_id')) subscription.external_variant_id = variantIn(exchange).external_variant_id;
    if (input.has('plan_id') || input.has('order_interval_frequency')) {
      const variant = context.store.variants.existing(subscription.external_variant_id);
      Object.assign(subscription, intervalIn(exchange, planFor(exchange, variant)));
    }
    subscription.price = priceIn(input, 'price') ?? subscription.price;
  });
  write('POST', '/set_next_charge_date', 'subscription/updated', (exchange, subscription) => {
    const date = futureDate(exchange, dateIn(exchange.input, 'date'));
    if (date === subscription.next_charge_scheduled_at) return;
    mergeOn(exchange.context, subscription.address_id, date);
    subscription.next_charge_scheduled_at = date;
  });
  write('POST', '/change_address', 'subscription/updated', ({ context, input }, subscription) => {
    const address = context.store.addresses.get(input.integer('address_id'));
    if (address?.customer_id !== subscription.customer_id) throw addressNotFound();
    context.store.subscriptions.add({ ...subscription, address_id: address.id });
    scheduleRebuild(context, address.id);
  });
  write('POST', '/cancel', 'subscription/cancelled', ({ input }, subscription, now) => {
    subscription.cancellation_reason = input.text('cancellation_reason');
    subscription.status = 'cancelled';
    subscription.cancelled_at = now;
    subscription.next_charge_scheduled_at = null;
  });
  write('POST', '/activate', 'subscription/activated', (_exchange, subscription) => {
    subscription.status = 'active';
    subscription.cancelled_at = null;
    subscription.cancellation_reason = null;
  });
  // Erases the record.
  write('DELETE', '', 'subscription/deleted', ({ context }, { id }) => context.store.subscriptions.delete(id));
}

function addressOf(exchange: Exchange): number | null {
  return exchange.context.store.subscriptions.get(idIn(exchange))?.address_id ?? null;
}
