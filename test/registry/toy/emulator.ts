import type { EmulatorDefinition } from '../../../src/emulators/kit/definition.js';
import { type Call, Endpoints } from '../../../src/emulators/kit/endpoints.js';
import { handleErrors, Refusal } from '../../../src/emulators/kit/refusal.js';
import { WriteGate } from '../../../src/emulators/kit/write-gate.js';

export const toyToken = 'the-token-of-the-toy';
export const toyShopper = 'dana';
export const otherToyShopper = 'robin';
export const toyOrders = { open: '1', alsoOpen: '2', closed: '3', foreign: '4' } as const;

interface ToyOrder {
  readonly id: string;
  readonly customer: string;
  readonly status: 'open' | 'closed';
  lines: readonly { readonly id: string; readonly name: string; readonly count: number }[];
}

interface ToyStore {
  readonly orders: ReadonlyMap<string, ToyOrder>;
  /** Lines made so far. */
  made: number;
}

const reads = { method: 'GET', path: '/orders/' };

/** A shop of four orders, whose lines are added and removed one by one. */
export const toyEmulator: EmulatorDefinition<ToyStore> = {
  title: 'Toy',
  description: 'Orders that take items until they are closed.',
  credentials: [],
  switches: {},
  scenarios: { sandbox: { description: 'Four orders of two shoppers.', create: createStore } },
  defaultScenario: 'sandbox',
  routes(app, context) {
    handleErrors(app, { notFound: () => notThere });
    const endpoints = new Endpoints<Call>(app, { context, writes: new WriteGate(), authenticate });
    const orderOf = (call: Call): ToyOrder => {
      const order = context.store.orders.get(call.part('order'));
      if (!order) throw notThere;
      return order;
    };
    endpoints.read('/orders/:order', orderOf);
    endpoints.write('POST', '/orders/:order/lines', (call) => {
      const order = orderOf(call);
      const { name, count }: { name?: unknown; count?: unknown } = Object(call.body);
      if (order.status !== 'open' || typeof name !== 'string') throw new Refusal(422, { error: 'not possible' });
      context.store.made += 1;
      const line = { id: `added-${context.store.made}`, name, count: Number(count) };
      order.lines = [...order.lines, line];
      return line;
    });
    endpoints.write('DELETE', '/orders/:order/lines/:line', (call) => {
      const order = orderOf(call);
      const left = order.lines.filter(({ id }) => id !== call.part('line'));
      if (left.length === order.lines.length) throw notThere;
      order.lines = left;
      return {};
    });
  },
  state: ({ orders }) => ({ orders: [...orders.values()] }),
  sandbox: (url) => ({
    account: {
      key: 'toy-us',
      provider: 'toy',
      label: 'Toy',
      baseUrl: url,
      currency: 'USD',
      timeZone: 'UTC',
      token: toyToken,
    },
    shopper: { customerId: toyShopper },
    secondShopper: { customerId: otherToyShopper },
    records: [{ type: 'ORDER', providerId: toyOrders.open, title: 'Balls', owner: 'customer' }],
    decline: {
      purpose: 'Decline',
      expect: 'REJECTED',
      path: 'faults',
      body: { action: { kind: 'status', status: 402 } },
    },
    targets: { addition: { method: 'POST' }, reads },
  }),
};

const notThere = new Refusal(404, { error: 'not found' });

function authenticate(call: Call): Call {
  if (call.headers.authorization !== `Bearer ${toyToken}`) throw new Refusal(401, { error: 'who are you?' });
  return call;
}

function createStore(): ToyStore {
  const order = (id: string, customer: string, status: ToyOrder['status']): ToyOrder => ({
    id,
    customer,
    status,
    lines: [{ id: 'first', name: 'ball', count: 1 }],
  });
  const orders = [
    order(toyOrders.open, toyShopper, 'open'),
    order(toyOrders.alsoOpen, toyShopper, 'open'),
    order(toyOrders.closed, toyShopper, 'closed'),
    order(toyOrders.foreign, otherToyShopper, 'open'),
  ];
  return { orders: new Map(orders.map((each) => [each.id, each])), made: 0 };
}
