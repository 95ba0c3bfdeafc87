/**
 * A hand-written graph as the documentation of Apollo Server teaches it: schema and resolvers, a `RESTDataSource` made for
 * each request, DataLoader where lists would ask one by one. https://www.apollographql.com/docs/apollo-server/data/fetching-rest
 * https://www.apollographql.com/docs/apollo-server/data/fetching-data#batching-and-caching
 */
import { readFileSync } from 'node:fs';
import { RESTDataSource } from '@apollo/datasource-rest';
import { ApolloServer } from '@apollo/server';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import DataLoader from 'dataloader';
import { fastify } from 'fastify';

class OrdergrooveAPI extends RESTDataSource {
  baseURL = process.env.UPSTREAM_URL;

  constructor(customer) {
    super();
    this.customer = customer;
    this.itemsOfOrder = new DataLoader(async (ids) => {
      const items = await this.list('items/', { status: '1' });
      const byOrder = groupByOrder(items);
      return ids.map((id) => byOrder[id] ?? []);
    });
    this.subscription = new DataLoader(async (ids) => {
      const subscriptions = await this.list('subscriptions/');
      const byId = new Map(subscriptions.map((each) => [each.public_id, each]));
      return ids.map((id) => byId.get(id) ?? null);
    });
  }

  upcomingOrders() {
    return this.list('orders/', { status: '1' });
  }

  async list(path, params = {}) {
    const rows = [];
    let cursor = null;
    do {
      const page = await this.get(path, {
        params: { ...params, customer: this.customer, page_size: '100', ...(cursor === null ? {} : { cursor }) },
      });
      rows.push(...page.results);
      cursor = page.next === null ? null : new URL(page.next).searchParams.get('cursor');
    } while (cursor !== null);
    return rows;
  }
}

function groupByOrder(items) {
  const groups = {};
  for (const item of items) (groups[item.order] ??= []).push(item);
  return groups;
}

const resolvers = {
  Query: {
    upcomingOrders: async (_root, _input, { ordergroove }) => {
      const nodes = await ordergroove.upcomingOrders();
      return { nodes, pageInfo: { nodes }, sources: [{ account, state: 'OK', itemCount: nodes.length }] };
    },
  },
  Order: {
    id: ({ public_id: id }) => base64url(`Order:og:${id}`),
    providerId: ({ public_id: id }) => id,
    status: ({ status }) => (status === 1 ? 'SCHEDULED' : 'UNKNOWN'),
    account: () => account,
    scheduled: ({ place }) => toMoment(place),
    window: ({ locked }) => ({ state: locked ? 'CLOSED' : 'OPEN' }),
    totals: (order) => order,
    lineItems: async (order, _input, { ordergroove }) => {
      const items = await ordergroove.itemsOfOrder.load(order.public_id);
      return { nodes: items.map((item) => ({ ...item, currency: order.currency_code })) };
    },
  },
  OrderTotals: {
    subtotal: ({ sub_total: amount, currency_code: currency }) => ({ amount, currency }),
    discount: ({ discount_total: amount, currency_code: currency }) => ({ amount, currency }),
    shipping: ({ shipping_total: amount, currency_code: currency }) => ({ amount, currency }),
    tax: ({ tax_total: amount, currency_code: currency }) => ({ amount, currency }),
    total: ({ total: amount, currency_code: currency }) => ({ amount, currency }),
  },
  LineItem: {
    id: ({ public_id: id }) => base64url(`LineItem:og:${id}`),
    origin: ({ subscription }) => (subscription ? 'RECURRING' : 'UPSELL'),
    product: ({ product: id }) => ({ id: base64url(`Product:og:${id}`), providerId: id }),
    unitPrice: ({ price: amount, currency }) => ({ amount, currency }),
    total: ({ total_price: amount, currency }) => ({ amount, currency }),
    subscription: ({ subscription: id }, _input, { ordergroove }) => id && ordergroove.subscription.load(id),
  },
  SubscriptionContract: {
    id: ({ public_id: id }) => base64url(`SubscriptionContract:og:${id}`),
    status: ({ live }) => (live ? 'ACTIVE' : 'CANCELLED'),
    frequency: ({ every, every_period: period }) => ({ every, unit: ['DAY', 'WEEK', 'MONTH', 'YEAR'][period - 1] }),
  },
  PageInfo: {
    hasNextPage: () => false,
    endCursor: ({ nodes }) => {
      const last = nodes.at(-1);
      if (!last) return null;
      return base64url(`${Date.parse(toMoment(last.place).at)}:${base64url(`Order:og:${last.public_id}`)}`);
    },
  },
};

const account = { key: 'og', label: 'Bench' };
const chicago = new Intl.DateTimeFormat('en-US', { timeZone: 'America/Chicago', timeZoneName: 'longOffset' });
const moments = new Map();

function toMoment(place) {
  const date = place.slice(0, 10);
  if (!moments.has(date)) {
    const [, hours] = /GMT-(\d\d):00/.exec(chicago.format(new Date(`${date}T06:00:00Z`)));
    moments.set(date, {
      at: new Date(`${date}T${hours}:00:00Z`).toISOString(),
      date,
      timeZone: 'America/Chicago',
    });
  }
  return moments.get(date);
}

function base64url(text) {
  return Buffer.from(text).toString('base64url');
}

const app = fastify();
const server = new ApolloServer({
  typeDefs: readFileSync(new URL('./apollo.graphql', import.meta.url), 'utf8'),
  resolvers,
  plugins: [fastifyApolloDrainPlugin(app)],
});
await server.start();
app.route({
  url: '/graphql',
  method: ['GET', 'POST', 'OPTIONS'],
  handler: fastifyApolloHandler(server, {
    context: async ({ headers }) => ({ ordergroove: new OrdergrooveAPI(headers['x-customer']) }),
  }),
});
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
