import type { Api, Exchange, Reply } from '../exchange.js';
import { notFound, Refusal } from '../refusals.js';
import { newSelection } from '../selections.js';
import { known } from '../store.js';
import { DEFAULT_MARKET } from '../sessions.js';

/** Who is logged in belongs to the session: https://docs.centra.com/api-references/checkout-api/api-reference/user-accounts */
export function accounts(api: Api): void {
  if (api.dialect === 'shop') return;
  api.route('POST', '/login/:email', (exchange) => {
    const customer = exchange.world.store.customers.get(exchange.part('email'));
    if (customer?.password !== exchange.fields.text('password')) throw new Refusal(406, { password: 'incorrect' });
    return logIn(exchange, customer.email);
  });
  api.route('POST', '/register', (exchange) => {
    const { world, fields } = exchange;
    const email = fields.text('email');
    if (world.store.customers.has(email)) throw new Refusal(409, { email: 'already registered' });
    const password = fields.text('password');
    if (password.length < 4) throw new Refusal(406, { password: 'not valid' });
    const [firstName, lastName] = [fields.optionalText('firstName') ?? '', fields.optionalText('lastName') ?? ''];
    world.store.customers.set(email, { email, password, firstName, lastName });
    return { ...logIn(exchange, email), status: 201 };
  });
  api.route('POST', '/password-reset', (exchange) => {
    const customer = exchange.world.store.customers.get(exchange.fields.text('i'));
    if (!customer) throw notFound('email');
    customer.password = exchange.fields.text('newPassword');
    return logIn(exchange, customer.email);
  });
  api.route('POST', '/logout', (exchange) => {
    const session = sessionOf(exchange);
    session.customer = null;
    session.selection = newSelection(exchange.world.store, DEFAULT_MARKET).id;
    return { body: {} };
  });
}

function logIn(exchange: Exchange, email: string): Reply {
  sessionOf(exchange).customer = email;
  exchange.selection.customer = email;
  return { body: {} };
}

function sessionOf({ session }: Exchange) {
  return known(session, 'session');
}
