/**
 * The least that can be done: a bare HTTP server that makes the same calls and writes the same JSON by hand. No graph, no
 * authentication, no limits, no checks; an upstream that answers anything else breaks it. With `SEQUENTIAL` it asks for
 * one list after the other, which is what following the references without looking ahead comes to.
 */
import { createServer } from 'node:http';
import { Pool } from 'undici';

const pool = new Pool(process.env.UPSTREAM_URL, { connections: 16 });
const isSequential = process.env.SEQUENTIAL === 'yes';

createServer((request, response) => void answer(request, response)).listen(Number(process.env.PORT), '127.0.0.1');

async function answer(request, response) {
  for await (const _chunk of request);
  const customer = request.headers['x-customer'];
  const body = JSON.stringify({ data: { upcomingOrders: customer ? await upcomingOrders(customer) : null } });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

async function upcomingOrders(customer) {
  const [orders, items, subscriptions] = await readAll(
    () => list(`/orders/?status=1&customer=${customer}&page_size=100`),
    () => list(`/items/?status=1&customer=${customer}&page_size=100`),
    () => list(`/subscriptions/?customer=${customer}&page_size=100`),
  );
  const subscriptionOf = new Map(subscriptions.map((each) => [each.public_id, toSubscription(each)]));
  const linesOf = groupByOrder(items);
  const nodes = orders.map((order) => toOrder(order, linesOf.get(order.public_id) ?? [], subscriptionOf));
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: {
      hasNextPage: false,
      endCursor: last ? base64url(`${Date.parse(last.scheduled.at)}:${last.id}`) : null,
    },
    sources: [{ account: { key: 'og' }, state: 'OK', itemCount: nodes.length }],
  };
}

async function readAll(...reads) {
  if (!isSequential) return Promise.all(reads.map((read) => read()));
  const lists = [];
  for (const read of reads) lists.push(await read());
  return lists;
}

async function list(path) {
  const { body } = await pool.request({ path, method: 'GET' });
  const { results, next } = await body.json();
  return next === null ? results : [...results, ...(await list(next.slice(next.indexOf('/', 'http://'.length))))];
}

function groupByOrder(items) {
  const groups = new Map();
  for (const item of items) {
    const group = groups.get(item.order);
    if (group) group.push(item);
    else groups.set(item.order, [item]);
  }
  return groups;
}

function toOrder(order, items, subscriptionOf) {
  const { public_id: providerId, currency_code: currency } = order;
  return {
    id: base64url(`Order:og:${providerId}`),
    providerId,
    status: order.status === 1 ? 'SCHEDULED' : 'UNKNOWN',
    account: { key: 'og', label: 'Bench' },
    scheduled: toMoment(order.place),
    window: { state: order.locked ? 'CLOSED' : 'OPEN' },
    totals: {
      subtotal: { amount: order.sub_total, currency },
      discount: { amount: order.discount_total, currency },
      shipping: { amount: order.shipping_total, currency },
      tax: { amount: order.tax_total, currency },
      total: { amount: order.total, currency },
    },
    lineItems: { nodes: items.map((item) => toLine(item, currency, subscriptionOf)) },
  };
}

function toLine(item, currency, subscriptionOf) {
  return {
    id: base64url(`LineItem:og:${item.public_id}`),
    quantity: item.quantity,
    origin: item.subscription ? 'RECURRING' : 'UPSELL',
    product: { id: base64url(`Product:og:${item.product}`), providerId: item.product },
    unitPrice: { amount: item.price, currency },
    total: { amount: item.total_price, currency },
    subscription: subscriptionOf.get(item.subscription) ?? null,
  };
}

function toSubscription({ public_id: id, live, every, every_period: period }) {
  return {
    id: base64url(`SubscriptionContract:og:${id}`),
    status: live ? 'ACTIVE' : 'CANCELLED',
    frequency: { every, unit: ['DAY', 'WEEK', 'MONTH', 'YEAR'][period - 1] },
  };
}

const moments = new Map();

function toMoment(place) {
  const date = place.slice(0, 10);
  const known = moments.get(date);
  if (known) return known;
  const at = midnightInChicago(date).toISOString();
  const moment = { at, date, timeZone: 'America/Chicago' };
  moments.set(date, moment);
  return moment;
}

const chicago = new Intl.DateTimeFormat('en-US', { timeZone: 'America/Chicago', timeZoneName: 'longOffset' });

function midnightInChicago(date) {
  const [, hours] = /GMT-(\d\d):00/.exec(chicago.format(new Date(`${date}T06:00:00Z`)));
  return new Date(`${date}T${hours}:00:00Z`);
}

function base64url(text) {
  return Buffer.from(text).toString('base64url');
}
