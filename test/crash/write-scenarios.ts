import { toGlobalId } from '../../src/domain/reference.js';
import { emulators, type RunningEmulator } from '../../src/emulators/index.js';
import type { Ask, WriteScenario, WriteScenarios } from './crash-shop.js';

/** One for each point, and some to spare. */
const POINTS = 24;

export function ordergrooveScenarios(emulator: RunningEmulator): WriteScenarios {
  interface Records {
    readonly orders: readonly { readonly public_id: string; readonly status: number }[];
    readonly items: readonly { readonly order: string }[];
  }
  const records = () => recordsOf(emulator) as Records;
  const providerProduct = { providerId: '44931275500039' };
  const scenarioOf = (orderKey: string, more: object): WriteScenario => ({
    mutation: 'addUpsellItem',
    input: {
      orderId: orderId('ordergroove', emulator, orderKey),
      item: { providerProduct },
      ifPresent: 'ADD',
      ...more,
    },
    count: () => records().items.filter(({ order }) => order === orderKey).length,
  });
  const orderKeys = records().orders.flatMap(({ public_id: key, status }) => (status === 1 ? [key] : []));
  return {
    'adding an item': orderKeys.splice(0, POINTS).map((key) => scenarioOf(key, {})),
    'adding a subscription': orderKeys.map((key) =>
      scenarioOf(key, { subscribe: { frequency: { every: 8, unit: 'WEEK' } } }),
    ),
  };
}

export async function surecartScenarios(emulator: RunningEmulator, ask: Ask): Promise<WriteScenarios> {
  interface Records {
    readonly order: readonly { readonly id: string; readonly checkout: string }[];
    readonly upsell: readonly { readonly price: string }[];
    readonly charge: readonly { readonly checkout: string }[];
    readonly subscription: readonly object[];
  }
  const records = () => recordsOf(emulator) as Records;
  const { order: orders, upsell } = records();
  const ids = orders.map(({ id, checkout }) => ({ id: orderId('surecart', emulator, id), checkout }));
  return {
    'adding an item': ids.splice(0, POINTS).map(({ id, checkout }) => ({
      mutation: 'addUpsellItem',
      input: { orderId: id, item: { providerProduct: { providerId: upsell[0]?.price } }, ifPresent: 'ADD' },
      count: () => records().charge.filter((charge) => charge.checkout === checkout).length,
    })),
    'converting a line': await Promise.all(
      ids.slice(0, 4).map(async ({ id }) => {
        const line = await oneTimeLine(ask, id);
        return {
          mutation: 'convertToSubscription' as const,
          input: { lineItemId: line.id, subscribe: { frequency: { every: 1, unit: 'MONTH' } } },
          count: () => records().subscription.filter((each) => JSON.stringify(each).includes(line.providerId)).length,
        };
      }),
    ),
  };
}

/** One order a contract: Appstle takes one writer a contract. */
export async function appstleScenarios(emulator: RunningEmulator, ask: Ask): Promise<WriteScenarios> {
  interface Records {
    readonly contracts: readonly { readonly id: string; readonly lines: readonly { readonly variantId: string }[] }[];
    readonly attempts: readonly { readonly id: string; readonly contractId: string; readonly status: string }[];
    readonly oneOffs: readonly { readonly attemptId: string; readonly variantId: string }[];
  }
  const records = () => recordsOf(emulator) as Records;
  const providerProduct = { providerId: '43500000000001', handle: 'house-espresso-beans-1kg' };
  const { contracts, attempts } = records();
  const orders = contracts.flatMap(({ id }) => {
    const attempt = attempts.find(({ contractId, status }) => contractId === id && status === 'QUEUED');
    return attempt ? [{ contractId: id, attemptId: attempt.id }] : [];
  });
  const idOf = (order: (typeof orders)[number]) =>
    orderId('appstle', emulator, `${order.contractId}/${order.attemptId}`);
  return {
    'adding an item': orders.splice(0, POINTS).map((order) => ({
      mutation: 'addUpsellItem',
      input: { orderId: idOf(order), item: { providerProduct }, ifPresent: 'ADD' },
      count: () =>
        records().oneOffs.filter(
          (each) => each.attemptId === order.attemptId && each.variantId === providerProduct.providerId,
        ).length,
    })),
    'converting an item': await Promise.all(
      orders.slice(0, 4).map(async (order) => ({
        mutation: 'convertToSubscription' as const,
        input: {
          lineItemId: (await oneTimeLine(ask, idOf(order))).id,
          subscribe: { frequency: { every: 1, unit: 'MONTH' } },
        },
        count: () => records().contracts.find(({ id }) => id === order.contractId)?.lines.length ?? 0,
      })),
    ),
  };
}

/** One order an address: Recharge takes one writer an address. */
export function rechargeScenarios(emulator: RunningEmulator): WriteScenarios {
  interface Item {
    readonly id: number;
    readonly address_id: number;
    readonly external_variant_id: string;
  }
  interface Records {
    readonly charges: readonly { readonly address_id: number; readonly scheduled_at: string }[];
    readonly onetimes: readonly Item[];
    readonly subscriptions: readonly Item[];
  }
  const records = () => recordsOf(emulator) as Records;
  const { charges, onetimes } = records();
  const providerProduct = { providerId: '39990000001019' };
  const keyOf = ({ address_id: address, scheduled_at: date }: Records['charges'][number]) => `${address}/${date}`;
  const countOf = (items: readonly Item[], address: number, variant: string) =>
    items.filter((each) => each.address_id === address && each.external_variant_id === variant).length;
  const orders = [...charges];
  return {
    'adding an item': orders.splice(0, POINTS).map((order) => ({
      mutation: 'addUpsellItem',
      input: { orderId: orderId('recharge', emulator, keyOf(order)), item: { providerProduct }, ifPresent: 'ADD' },
      count: () => countOf(records().onetimes, order.address_id, providerProduct.providerId),
    })),
    'converting an item': orders.splice(0, 6).flatMap((order) => {
      const item = onetimes.find((each) => each.address_id === order.address_id);
      if (!item) return [];
      const key = `${keyOf(order)}/${item.id}`;
      const account = emulators.recharge.sandbox(emulator.url).account.key;
      return {
        mutation: 'convertToSubscription' as const,
        input: {
          lineItemId: toGlobalId({ type: 'LineItem', account, key }),
          subscribe: { frequency: { every: 1, unit: 'MONTH' } },
        },
        count: () => countOf(records().subscriptions, order.address_id, item.external_variant_id),
      };
    }),
  };
}

/** Orders that were just paid, whose upsell terms are in the ledger's database for every replica, and checkouts that are yet to be. */
export async function centraScenarios(emulator: RunningEmulator, ask: Ask): Promise<WriteScenarios> {
  const adding: WriteScenario[] = [];
  const finishing: WriteScenario[] = [];
  for (let made = 0; made < POINTS; made += 1) {
    adding.push(await centraScenario(emulator, ask, 1));
    finishing.push(await checkoutScenario(emulator));
  }
  return {
    'adding an item': adding,
    'finishing a checkout': finishing,
    'adding two of an item': await Promise.all([1, 2, 3].map(() => centraScenario(emulator, ask, 2))),
  };
}

interface CentraRecords {
  readonly orders: readonly {
    readonly order: string;
    readonly selection: string;
    readonly lines: readonly unknown[];
    readonly transactions: readonly unknown[];
  }[];
}

async function checkoutScenario(emulator: RunningEmulator): Promise<WriteScenario> {
  const selection = await readyCheckout(emulator);
  const records = () => recordsOf(emulator) as CentraRecords;
  return {
    mutation: 'completeCheckout',
    input: finishing(emulator, selection),
    count: () =>
      records()
        .orders.filter((order) => order.selection === selection)
        .flatMap(({ transactions }) => transactions).length,
  };
}

async function centraScenario(emulator: RunningEmulator, ask: Ask, quantity: number): Promise<WriteScenario> {
  interface Completed {
    readonly completeCheckout: { readonly order: { readonly id: string; readonly providerId: string } };
  }
  const selection = await readyCheckout(emulator);
  const input = { ...finishing(emulator, selection), idempotencyKey: `finish ${selection}` };
  const query = `mutation ($input: CompleteCheckoutInput!) {
    completeCheckout(input: $input) { order { id providerId } }
  }`;
  const { order } = ((await ask(query, { input })) as Completed).completeCheckout;
  const records = () => recordsOf(emulator) as CentraRecords;
  return {
    mutation: 'addUpsellItem',
    input: { orderId: order.id, item: { providerProduct: { providerId: '1001' } }, quantity, ifPresent: 'ADD' },
    count: () => records().orders.find((each) => each.order === order.providerId)?.lines.length ?? 0,
  };
}

/** A basket whose shopper has just come back from the payment page. */
async function readyCheckout(emulator: RunningEmulator): Promise<string> {
  const { shopper } = emulators.centra.sandbox(emulator.url);
  const answer = await fetch(`${emulator.url}/__emulator/checkouts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customer: shopper.customerId, items: ['1004-1'] }),
  });
  const { selection } = JSON.parse(await answer.text());
  return selection;
}

function finishing(emulator: RunningEmulator, selection: string) {
  const accountKey = emulators.centra.sandbox(emulator.url).account.key;
  return { accountKey, providerCheckoutId: selection, paymentFields: { klarna_order: selection } };
}

interface Line {
  readonly id: string;
  readonly providerId: string;
  readonly purchaseMode: string;
}

async function oneTimeLine(ask: Ask, order: string): Promise<Line> {
  interface Answer {
    readonly order: { readonly lineItems: { readonly nodes: readonly Line[] } };
  }
  const query = 'query ($order: ID!) { order(id: $order) { lineItems { nodes { id providerId purchaseMode } } } }';
  const { lineItems } = ((await ask(query, { order })) as Answer).order;
  const line = lineItems.nodes.find(({ purchaseMode }) => purchaseMode === 'ONE_TIME');
  if (!line) throw new Error(`order ${order} has no one-time line`);
  return line;
}

function orderId(provider: keyof typeof emulators, emulator: RunningEmulator, key: string): string {
  return toGlobalId({ type: 'Order', account: emulators[provider].sandbox(emulator.url).account.key, key });
}

/** The emulator's records as plain data. */
function recordsOf(emulator: RunningEmulator): unknown {
  return JSON.parse(JSON.stringify(emulator.state()));
}
