import type { FastifyInstance } from 'fastify';
import { announceSubscription } from '../announcements.js';
import { toCentral, toCentralDate } from '../central-time.js';
import { addDays } from '../interval.js';
import type { SubscriptionRecord } from '../records.js';
import { notFound } from '../refusals.js';
import { findOrCreateOrder, keyFor, moveItem, scheduleDelivery, upcomingDeliveries } from '../schedule.js';
import { skipSubscription } from '../skips.js';
import type { OrdergrooveWorld } from '../world.js';

const DEFAULT_DELAY_DAYS = 14;

type Query = Readonly<Record<string, string | undefined>>;

/** Links in e-mails: plain GETs that change things, with a token instead of a credential. */
export function oneClick(app: FastifyInstance, world: OrdergrooveWorld): void {
  const link = (name: string, apply: (subscription: SubscriptionRecord) => void) =>
    app.get<{ Querystring: Query }>(`/one_click/${name}`, (request) => {
      const id = world.store.oneClickTokens.get(request.query['token'] ?? '');
      const subscription = id === undefined ? undefined : world.store.subscriptions.get(id);
      if (!subscription) throw notFound();
      apply(subscription);
      subscription.updated = toCentral(world.clock.now());
      return { detail: 'OK' };
    });

  link('delay', (subscription) => {
    const [next] = upcomingDeliveries(world, subscription);
    if (!next) throw notFound();
    const date = addDays(next.order.place, DEFAULT_DELAY_DAYS);
    moveItem(world, next.item, findOrCreateOrder(world, keyFor(subscription, date)));
  });
  link('skip', (subscription) => {
    const [next] = upcomingDeliveries(world, subscription);
    if (!next) throw notFound();
    skipSubscription(world, next.order, subscription);
  });
  link('reactivate', (subscription) => {
    if (subscription.live) return;
    subscription.live = true;
    subscription.cancelled = null;
    subscription.cancel_reason = null;
    subscription.cancel_reason_code = null;
    scheduleDelivery(world, subscription, addDays(toCentralDate(world.clock.now()), 1));
    announceSubscription(world, 'subscription.reactivate', subscription);
  });
}
