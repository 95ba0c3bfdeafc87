import type { CentraEndpoints, Exchange, Reply } from '../endpoints.js';
import type { Dialect } from '../records.js';
import { notFound, CentraRefusal } from '../refusals.js';
import { newSelection } from '../selections.js';
import { DEFAULT_MARKET } from '../sessions.js';
import { known } from '../store.js';

/**
 * Serves the login and the account. Who is logged in belongs to the session.
 * See https://docs.centra.com/api-references/checkout-api/api-reference/user-accounts
 */
export function accounts(endpoints: CentraEndpoints, dialect: Dialect): void {
  if (dialect === 'shop') return;
  endpoints.write('POST', '/login/:email', (exchange) => {
    const customer = exchange.context.store.customers.get(exchange.part('email'));
    if (customer?.password !== exchange.fields.text('password'))
      throw new CentraRefusal(406, { password: 'incorrect' });
    return logIn(exchange, customer.email);
  });
  endpoints.write('POST', '/register', (exchange) => {
    const { context, fields } = exchange;
    const email = fields.text('email');
    if (context.store.customers.get(email) !== undefined) throw new CentraRefusal(409, { email: 'already registered' });
    const password = fields.text('password');
    if (password.length < 4) throw new CentraRefusal(406, { password: 'not valid' });
    const [firstName, lastName] = [fields.optionalText('firstName') ?? '', fields.optionalText('lastName') ?? ''];
    context.store.customers.add({ email, password, firstName, lastName });
    return { ...logIn(exchange, email), status: 201 };
  });
  endpoints.write('POST', '/password-reset', (exchange) => {
    const customer = exchange.context.store.customers.get(exchange.fields.text('i'));
    if (!customer) throw notFound('email');
    customer.password = exchange.fields.text('newPassword');
    return logIn(exchange, customer.email);
  });
  endpoints.write('POST', '/logout', (exchange) => {
    const session = sessionOf(exchange);
    session.customer = null;
    session.selection = newSelection(exchange.context.store, DEFAULT_MARKET).id;
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
