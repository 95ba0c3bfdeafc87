import {
  ADDING,
  adding,
  type CrashedAccount,
  type CrashSubject,
  ENOUGH,
  oneStep,
  twoSteps,
  type WriteScenario,
} from '../../crash/crash-subject.js';
import { caller } from '../../emulators/calls.js';

const FINISHING = 'finishing a checkout';
const ADDING_TWO = 'adding two of an item';

interface Records {
  readonly orders: readonly {
    readonly order: string;
    readonly selection: string;
    readonly lines: readonly unknown[];
    readonly transactions: readonly unknown[];
  }[];
}

export const crash: CrashSubject = {
  scenario: 'sandbox',
  // Windows stay open however long writes stand still.
  switches: { crossSellMinutes: 60 },
  settings: { usual: { settlingSeconds: 1, multiSend: true } },
  writes: [
    adding,
    {
      title: 'finishing a checkout: another replica ends it, with one payment or none',
      write: FINISHING,
      settings: 'usual',
      rows: oneStep,
    },
    ...twoSteps(ADDING_TWO, 2),
  ],
  /** Orders that were just paid, whose upsell terms are in the ledger's database for every replica, and checkouts that are yet to be. */
  async scenarios(shop) {
    const adding: WriteScenario[] = [];
    const finishing: WriteScenario[] = [];
    for (let made = 0; made < ENOUGH; made += 1) {
      adding.push(await addition(shop, 1));
      finishing.push(await completion(shop));
    }
    return {
      [ADDING]: adding,
      [FINISHING]: finishing,
      [ADDING_TWO]: await Promise.all([1, 2, 3].map(() => addition(shop, 2))),
    };
  },
};

async function completion(shop: CrashedAccount): Promise<WriteScenario> {
  const selection = await fillCheckout(shop);
  return {
    mutation: 'completeCheckout',
    input: finishing(shop, selection),
    count: () =>
      records(shop)
        .orders.filter((order) => order.selection === selection)
        .flatMap(({ transactions }) => transactions).length,
  };
}

async function addition(shop: CrashedAccount, quantity: number): Promise<WriteScenario> {
  const selection = await fillCheckout(shop);
  const input = { ...finishing(shop, selection), idempotencyKey: `finish ${selection}` };
  const query = `mutation ($input: CompleteCheckoutInput!) {
    completeCheckout(input: $input) { order { id providerId } }
  }`;
  const data = await shop.ask(query, { input });
  const providerId = data.text('completeCheckout', 'order', 'providerId');
  return {
    mutation: 'addUpsellItem',
    input: {
      orderId: data.text('completeCheckout', 'order', 'id'),
      item: { providerProduct: { providerId: '1001' } },
      quantity,
      ifPresent: 'ADD',
    },
    count: () => records(shop).orders.find((each) => each.order === providerId)?.lines.length ?? 0,
  };
}

/** Makes a basket whose shopper has just come back from the payment page; the ID of its selection. */
async function fillCheckout({ emulator, customerId }: CrashedAccount): Promise<string> {
  const body = { customer: customerId, items: ['1004-1'] };
  const answer = await caller(emulator.url)('POST', '/__emulator/checkouts', body);
  return answer.json.text('selection');
}

function finishing({ account }: CrashedAccount, selection: string) {
  return { accountKey: account, providerCheckoutId: selection, paymentFields: { klarna_order: selection } };
}

function records({ emulator }: CrashedAccount): Records {
  return emulator.state() as Records;
}
