import type { RunningEmulator } from '../../../src/emulators/index.js';
import {
  ADDING,
  adding,
  atTheProvider,
  type CrashSubject,
  ENOUGH,
  firstOfTwo,
  secondOfTwo,
  unlimited,
  type WriteScenario,
} from '../../crash/crash-subject.js';
import { orderId } from '../../support/full-stack.js';

const SUBSCRIBING = 'adding a subscription';

interface Records {
  readonly orders: readonly { readonly public_id: string; readonly status: number }[];
  readonly items: readonly { readonly order: string }[];
}

export const crash: CrashSubject = {
  scenario: 'large',
  switches: { largeItemsPerOrder: 2, rateLimitPerMinute: 0 },
  settings: {
    usual: { addAsSubscription: 'single-call', settlingSeconds: 1, ...unlimited },
    'two calls': { addAsSubscription: 'two-step', settlingSeconds: 1, ...unlimited },
  },
  writes: [
    adding,
    { title: 'a subscription in one call: the same', write: SUBSCRIBING, settings: 'usual', rows: atTheProvider },
    {
      title: 'a subscription, in the first of two steps: what is not on record as sent is not sent by anybody',
      write: SUBSCRIBING,
      settings: 'two calls',
      rows: firstOfTwo,
    },
    {
      title: 'a subscription, in the second of two steps: both results are told',
      write: SUBSCRIBING,
      settings: 'two calls',
      pass: 2,
      rows: secondOfTwo,
    },
  ],
  alone: [
    {
      title: 'adding an item: the process, started again, goes on where it was killed',
      write: ADDING,
      settings: 'usual',
      rows: [['with the answer received', 'SUCCEEDED', 1]],
    },
  ],
  scenarios({ emulator, account }) {
    const providerProduct = { providerId: '44931275500039' };
    const scenarioOf = (key: string, more: object): WriteScenario => ({
      mutation: 'addUpsellItem',
      input: { orderId: orderId(account, key), item: { providerProduct }, ifPresent: 'ADD', ...more },
      count: () => records(emulator).items.filter(({ order }) => order === key).length,
    });
    const keys = records(emulator).orders.flatMap(({ public_id: key, status }) => (status === 1 ? [key] : []));
    return {
      [ADDING]: keys.splice(0, ENOUGH).map((key) => scenarioOf(key, {})),
      [SUBSCRIBING]: keys.map((key) => scenarioOf(key, { subscribe: { frequency: { every: 8, unit: 'WEEK' } } })),
    };
  },
};

function records(emulator: RunningEmulator): Records {
  return emulator.state() as Records;
}
