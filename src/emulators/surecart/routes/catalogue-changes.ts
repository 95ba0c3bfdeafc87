import { nowOf } from '../context.js';
import type { SureCartEndpoints } from '../endpoints.js';
import { attributesIn } from '../input.js';
import { refuse } from '../refusals.js';

/** Changes to what is sold and offered, as a merchant makes them. */
export function catalogueChanges(endpoints: SureCartEndpoints): void {
  endpoints.write('PATCH', '/prices/:id', (exchange) => {
    const price = exchange.target('price');
    const body = attributesIn(exchange.body, 'price');
    const amount = body.optionalInteger('amount') ?? price.amount;
    const isArchived = body.isNamed('archived') ? body.flag('archived') : price.archived;
    const version = amount === price.amount ? price.current_version : price.current_version + 1;
    Object.assign(price, { amount, full_amount: amount, archived: isArchived, current_version: version });
    price.updated_at = nowOf(exchange.context);
    return exchange.show(price);
  });
  endpoints.write('DELETE', '/prices/:id', (exchange) => {
    const { context } = exchange;
    const price = exchange.target('price');
    const isUsed = context.store.tables.line_item.list().some((line) => line.price === price.id);
    if (isUsed) throw refuse('price.dependent_locked', 'A price that was used cannot be deleted.');
    context.store.tables.price.delete(price.id);
    return { id: price.id, object: 'price', deleted: true };
  });
  endpoints.write('DELETE', '/upsells/:id', (exchange) => {
    const upsell = exchange.target('upsell');
    upsell.discarded_at = nowOf(exchange.context);
    return { id: upsell.id, object: 'upsell', deleted: true };
  });
  endpoints.write('PATCH', '/upsell_funnels/:id', (exchange) => {
    const { context } = exchange;
    const funnel = exchange.target('upsell_funnel');
    const isEnabled = attributesIn(exchange.body, 'upsell_funnel').flag('enabled');
    const upsells = context.store.tables.upsell.filter((each) => each.upsell_funnel === funnel.id);
    if (isEnabled && !upsells.some(({ step }) => step === 'initial')) {
      throw refuse('upsell_funnel.enabled.initial_upsell_blank', 'A funnel needs an initial upsell.');
    }
    funnel.enabled = isEnabled;
    return exchange.show(funnel);
  });
  endpoints.write('PATCH', '/purchases/:id/revoke', (exchange) => {
    const { context } = exchange;
    const now = nowOf(context);
    const purchase = Object.assign(exchange.target('purchase'), { revoked: true, revoked_at: now, updated_at: now });
    context.events.add('purchase.revoked', { ...purchase });
    return exchange.show(purchase);
  });
}
