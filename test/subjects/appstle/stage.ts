import { appstle as definition } from '../../../src/emulators/appstle/index.js';
import { demoApiKey } from '../../../src/emulators/appstle/scenarios/demo-credentials.js';
import {
  demoAttempts,
  demoContracts,
  demoHandles,
  demoVariants,
} from '../../../src/emulators/appstle/scenarios/demo-records.js';
import { caller } from '../../emulators/calls.js';
import { type Books, type Stage, startStage, unitsOf } from '../../emulators/misbehaviours/stage.js';

const API = '/api/external/v2';
const ONE_OFF = 'subscription-contract-one-offs-by-contractId-and-billing-attempt-id';

export async function stage(): Promise<Stage> {
  const { emulator, state, startAgain } = await startStage(definition, 'sandbox');
  const call = caller(emulator.url, { 'x-api-key': demoApiKey });
  const contractId = demoContracts.coffee;
  const billingAttemptId = demoAttempts.next;
  const product = demoVariants.syrup;

  function send(method: string, path: string, query: Readonly<Record<string, string | number>>) {
    const texts = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
    return call(method, `${API}/${path}?${new URLSearchParams(texts).toString()}`);
  }

  const target = { contractId, billingAttemptId, variantId: product };
  const add = (quantity = 1) => send('PUT', ONE_OFF, { ...target, variantHandle: demoHandles.syrup, quantity });
  const addLine = (quantity = 1) =>
    send('PUT', 'subscription-contracts-add-line-item', { contractId, variantId: product, quantity });

  function books(): Books {
    const now = state();
    const attempt = now.rows('attempts').find((each) => each.at('id') === billingAttemptId);
    const contract = now.rows('contracts').find((each) => each.at('id') === contractId);
    const variant = now.rows('variants').find((each) => each.at('id') === product);
    const rows = now.rows('oneOffs').filter((row) => row.at('contractId') === contractId);
    const own = rows.filter((row) => row.at('attemptId') === billingAttemptId);
    const lines = [...(contract?.rows('lines') ?? []), ...own];
    return {
      lines: lines.map((row) => ({
        id: row.text('id'),
        product: row.text('variantId'),
        quantity: Number(row.at('quantity')),
      })),
      elsewhere: rows
        .filter((row) => row.at('attemptId') !== billingAttemptId && row.at('variantId') === product)
        .reduce((sum, row) => sum + Number(row.at('quantity')), 0),
      total: lines.reduce(
        (sum, row) => sum + Math.round(Number(row.at('price')) * 100) * Number(row.at('quantity')),
        0,
      ),
      order: STATES[String(attempt?.at('status'))] ?? 'processing',
      subscriptions: [],
      price: Math.round(Number(variant?.at('price')) * 100),
    };
  }

  return {
    emulator,
    product,
    startAgain,
    add,
    counted: { ask: add, units: () => unitsOf(books(), product) },
    addToSplit: addLine,
    havePresentLine: async () => void (await add()),
    subscribe: null,
    composed: async () => [addLine, () => send('DELETE', ONE_OFF, target)],
    async look() {
      const { json } = await send('GET', 'subscription-contract-one-offs-by-contractId', { contractId });
      const raw = await send('GET', `subscription-contracts/contract-external/${contractId}`, {});
      const own = json.rows().filter((row) => String(row.at('billingAttemptId')) === billingAttemptId);
      return own.length + raw.json.rows('lines', 'nodes').length;
    },
    books,
    async total() {
      const { json } = await send('GET', `subscription-contracts/contract-external/${contractId}`, {});
      return books().total + Math.round(Number(json.at('deliveryPrice', 'amount')) * 100);
    },
    read: {
      call: () => send('GET', `subscription-contracts/contract-external/${contractId}`, {}),
      optional: 'quantity',
      object: null,
    },
  };
}

const STATES: Readonly<Record<string, Books['order']>> = { QUEUED: 'open', SUCCESS: 'billed', FAILURE: 'failed' };
