import type { Endpoints } from '../exchange.js';
import { Body } from '../input.js';
import { Refusal } from '../refusals.js';
import { deliverTest } from '../webhooks.js';
import { nowOf } from '../world.js';

/** https://developer.surecart.com/api-reference/webhooks */
export function webhookEndpointRoutes(endpoints: Endpoints): void {
  endpoints.on('GET', '/webhook_endpoints/:id', (exchange) => exchange.show(exchange.target('webhook_endpoint')));
  endpoints.on('POST', '/webhook_endpoints', (exchange) => {
    const { world } = exchange;
    const body = Body.of(exchange.body, 'webhook_endpoint');
    const now = nowOf(world);
    const id = world.store.identifiers.next('webhook_endpoint');
    const events = body.value('webhook_events');
    const endpoint = world.store.tables.webhook_endpoint.add({
      id,
      object: 'webhook_endpoint',
      description: body.optionalText('description'),
      enabled: true,
      signing_secret: `secret-of-${id}`,
      url: loopbackUrl(body.text('url')),
      webhook_events: Array.isArray(events) ? events.map(String) : [],
      created_at: now,
      updated_at: now,
      hidden: { duplicate: false, shuffle: false, failingSince: null },
    });
    return exchange.show(endpoint);
  });
  endpoints.on('PATCH', '/webhook_endpoints/:id', (exchange) => {
    const endpoint = exchange.target('webhook_endpoint');
    const body = Body.of(exchange.body, 'webhook_endpoint');
    if (body.has('enabled')) endpoint.enabled = body.flag('enabled');
    return exchange.show(endpoint);
  });
  endpoints.on('DELETE', '/webhook_endpoints/:id', (exchange) => {
    const { id } = exchange.target('webhook_endpoint');
    exchange.world.store.tables.webhook_endpoint.delete(id);
    return { id, object: 'webhook_endpoint', deleted: true };
  });
  endpoints.on('POST', '/webhook_endpoints/:id/test', async (exchange) => {
    const endpoint = exchange.target('webhook_endpoint');
    await deliverTest(exchange.world, endpoint);
    return exchange.show(endpoint);
  });
}

/** An emulator never talks to anything beyond its own machine. */
function loopbackUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLoopback = url !== null && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u.test(url.hostname);
  if (!url || !isLoopback || url.protocol !== 'http:') {
    throw new Refusal(422, 'invalid', 'webhook_endpoint.url.invalid', 'The emulator delivers to this machine only.');
  }
  return url.href;
}
