import type { Endpoints } from '../exchange.js';
import { Body } from '../input.js';
import { refuse } from '../refusals.js';
import { nowOf } from '../world.js';

/** Changes to what is sold and offered, as a merchant makes them. */
export function catalogueChanges(endpoints: Endpoints): void {
  endpoints.on('PATCH', '/prices/:id', (exchange) => {
    const price = exchange.target('price');
    const body = Body.of(exchange.body, 'price');
    const amount = body.optionalInteger('amount') ?? price.amount;
    const isArchived = body.has('archived') ? body.flag('archived') : price.archived;
    const version = amount === price.amount ? price.current_version : price.current_version + 1;
    Object.assign(price, { amount, full_amount: amount, archived: isArchived, current_version: version });
    price.updated_at = nowOf(exchange.world);
    return exchange.show(price);
  });
  endpoints.on('DELETE', '/prices/:id', (exchange) => {
    const { world } = exchange;
    const price = exchange.target('price');
    const isUsed = world.store.tables.line_item.list().some((line) => line.price === price.id);
    if (isUsed) throw refuse('price.dependent_locked', 'A price that was used cannot be deleted.');
    world.store.tables.price.delete(price.id);
    return { id: price.id, object: 'price', deleted: true };
  });
  endpoints.on('DELETE', '/upsells/:id', (exchange) => {
    const upsell = exchange.target('upsell');
    upsell.discarded_at = nowOf(exchange.world);
    return { id: upsell.id, object: 'upsell', deleted: true };
  });
  endpoints.on('PATCH', '/upsell_funnels/:id', (exchange) => {
    const { world } = exchange;
    const funnel = exchange.target('upsell_funnel');
    const isEnabled = Body.of(exchange.body, 'upsell_funnel').flag('enabled');
    const upsells = world.store.tables.upsell.filter((each) => each.upsell_funnel === funnel.id);
    if (isEnabled && !upsells.some(({ step }) => step === 'initial')) {
      throw refuse('upsell_funnel.enabled.initial_upsell_blank', 'A funnel needs an initial upsell.');
    }
    funnel.enabled = isEnabled;
    return exchange.show(funnel);
  });
  endpoints.on('PATCH', '/purchases/:id/revoke', (exchange) => {
    const { world } = exchange;
    const now = nowOf(world);
    const purchase = Object.assign(exchange.target('purchase'), { revoked: true, revoked_at: now, updated_at: now });
    world.events.add('purchase.revoked', { ...purchase });
    return exchange.show(purchase);
  });
  endpoints.on('PATCH', '/purchases/:id/invoke', (exchange) =>
    exchange.show(Object.assign(exchange.target('purchase'), { revoked: false, revoked_at: null })),
  );
}
