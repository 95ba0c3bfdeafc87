import { toGlobalId } from '../../src/domain/reference.js';
import { emulators, type RunningEmulator } from '../../src/emulators/index.js';
import type { Ask, WriteScenario, WriteScenarios } from './crash-shop.js';

const POINTS = 12;

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
    'adding an item': orderKeys.splice(0, POINTS + 1).map((key) => scenarioOf(key, {})),
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
      ids.slice(0, 2).map(async ({ id }) => {
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
      orders.slice(0, 2).map(async (order) => ({
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

/** Orders that were just paid: their upsell terms are in the ledger's database, for every replica. */
export async function centraScenarios(emulator: RunningEmulator, ask: Ask): Promise<WriteScenarios> {
  const adding: WriteScenario[] = [];
  for (let made = 0; made < POINTS; made += 1) adding.push(await centraScenario(emulator, ask, 1));
  return {
    'adding an item': adding,
    'adding two of an item': [await centraScenario(emulator, ask, 2), await centraScenario(emulator, ask, 2)],
  };
}

async function centraScenario(emulator: RunningEmulator, ask: Ask, quantity: number): Promise<WriteScenario> {
  interface Records {
    readonly orders: readonly { readonly order: string; readonly lines: readonly unknown[] }[];
  }
  interface Completed {
    readonly completeCheckout: { readonly order: { readonly id: string; readonly providerId: string } };
  }
  const { account, shopper } = emulators.centra.sandbox(emulator.url);
  const answer = await fetch(`${emulator.url}/__emulator/checkouts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customer: shopper.customerId, items: ['1004-1'] }),
  });
  const { selection } = JSON.parse(await answer.text());
  const input = { accountKey: account.key, providerCheckoutId: selection, paymentFields: { klarna_order: selection } };
  const query = `mutation ($input: CompleteCheckoutInput!) {
    completeCheckout(input: $input) { order { id providerId } }
  }`;
  const { order } = ((await ask(query, { input })) as Completed).completeCheckout;
  const records = () => recordsOf(emulator) as Records;
  return {
    mutation: 'addUpsellItem',
    input: { orderId: order.id, item: { providerProduct: { providerId: '1001' } }, quantity, ifPresent: 'ADD' },
    count: () => records().orders.find((each) => each.order === order.providerId)?.lines.length ?? 0,
  };
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
