import { refund } from '../charging.js';
import { type Endpoints, find } from '../exchange.js';
import { Body } from '../input.js';
import { known } from '../store.js';

export function refundRoutes(endpoints: Endpoints): void {
  endpoints.sensitive('POST', '/refunds', (exchange) => {
    const { world } = exchange;
    const body = Body.of(exchange.body, 'refund');
    const charge = find(world, 'charge', body.text('charge'));
    const checkout = find(world, 'checkout', charge.checkout ?? '');
    refund(
      world,
      checkout,
      body.optionalInteger('amount') ?? charge.amount,
      body.optionalText('reason') ?? 'requested',
    );
    return exchange.show(known(world.store.tables.refund.list().at(-1), 'refund'));
  });
}
