import { guardSource, guardWriter } from '../../src/auth/guarded-source.js';
import type { ConnectedAccount } from '../../src/domain/connected-account.js';
import type { AddItem, WriteRequest } from '../../src/domain/write.js';
import { createWriteService } from '../../src/operations/write-service.js';
import { Books } from './books.js';
import type { Choices } from './choices.js';
import type { Coverage } from './coverage.js';
import { Faults } from './faults.js';
import { Laws } from './laws.js';
import { LedgerStore } from './ledger-store.js';
import { protocolKinds } from './protocol-kinds.js';
import { account, capabilities } from './records.js';
import { type Life, Replica } from './replica.js';
import { type Decision, Shopper } from './shopper.js';
import { type Database, simulatedLedger } from './simulated-ledger.js';
import { RECOVERY_INTERVAL_MS, simulatedTimers } from './simulated-timers.js';
import { type Shop, simulatedConnection } from './simulated-provider.js';
import { type Breach, EPOCH, World } from './world.js';

export interface Outcome {
  readonly breach: Breach | null;
  readonly story: readonly string[];
}

const GIVE_UP_MS = [86_400_000, 90_000] as const;
const OFFSETS_MS = [2_500, -2_500, 0] as const;
const FAR_OFFSETS_MS = [60_000, -60_000, 0] as const;
/** Longest time after the faults in which everything has to come to its end. */
const CALM_MS = 1_200_000;

/** Runs the protocol once, as `choices` would have it. */
export async function runSchedule(
  choices: Choices,
  coverage: Coverage,
  options: { readonly isTold: boolean } = { isTold: false },
): Promise<Outcome> {
  const world = new World(choices, options);
  const faults = new Faults(world);
  const kind = world.pickFrom('kind', protocolKinds, [1, 1, 1, 1]);
  const books = new Books();
  const laws = new Laws(world, faults, books, kind, coverage);
  const store = new LedgerStore(
    () => world.now,
    (before, after, lease) => laws.saved(before, after, lease),
  );
  laws.store = store;
  const shop: Shop = { world, faults, books, kind, laws, areReadsDown: false };
  const database: Database = { store, state: 'up' };
  const giveUpMs = world.pickFrom('give-up', GIVE_UP_MS, [5, 1]);
  laws.giveUpMs = giveUpMs;
  const names = world.pick('replicas', [2, 1]) === 0 ? ['A', 'B'] : ['A', 'B', 'C'];

  const replicas = names.map(
    (name) => new Replica(name, world, faults, (life) => serviceOf(shop, database, life, giveUpMs)),
  );
  world.tell(() => `Provider of the kind "${kind.name}"; faults: ${faults.names.join(', ') || 'none'}.`);
  for (const replica of replicas) {
    if (faults.isOn('clocks apart')) {
      replica.offsetMs = world.pickFrom(`${replica.name}.offset`, FAR_OFFSETS_MS, [1, 1, 1]);
    } else if (faults.isOn('clocks a little apart')) {
      replica.offsetMs = world.pickFrom(`${replica.name}.offset`, OFFSETS_MS, [1, 1, 1]);
    }
    world.after(0, () => replica.start());
  }
  planDatabase(world, faults, database);
  planProvider(shop);
  world.after(faults.stormMs, () => {
    world.tell(() => 'All faults have ended.');
    database.state = 'up';
    for (const replica of replicas) replica.offsetMs = 0;
  });

  const shoppers = decisionsOf(shop).map((decision, index) => {
    const shopper = new Shopper(shop, replicas, decision);
    world.after(index === 0 ? 20 : world.pickFrom('second-tab', TAB_MS, [1, 1, 1, 1, 1, 1]), () => shopper.begin());
    return shopper;
  });

  const isOver = () =>
    (world.isIdle && store.isAtRest && shoppers.every(({ isDone }) => isDone)) || world.now > faults.stormMs + CALM_MS;
  await world.run(isOver);
  if (!world.breach) laws.ended(shoppers.filter(({ isDone }) => !isDone).map(({ decision }) => decision.name));
  return { breach: world.breach, story: world.story };
}

function serviceOf(shop: Shop, database: Database, life: Life, giveUpMs: number) {
  const { world, faults } = shop;
  const { replica } = life;
  const connected: ConnectedAccount = {
    account,
    capabilities,
    writes: ['ADD_UPSELL_ITEM', 'CHANGE_UPSELL_ITEM_QUANTITY', 'REMOVE_UPSELL_ITEM', 'CONVERT_TO_SUBSCRIPTION'],
    sameCustomer: (left, right) => left === right,
    connection: simulatedConnection(shop, life),
  };
  return createWriteService({
    ledger: simulatedLedger(world, faults, database, life),
    accounts: new Map([[account.key, connected]]),
    clock: () => replica.wallClock(),
    timers: simulatedTimers(life, () => database.store.hasDue(EPOCH + world.now)),
    newId: () => world.newId(),
    guard: guardSource,
    guardWriter,
    report: (message, _fields, cause) => shop.laws.reported(message, cause),
    recoveryIntervalMs: RECOVERY_INTERVAL_MS,
    giveUpMs,
  });
}

/** The last comes after the first tab's write may have been given up. */
const TAB_MS = [25, 400, 3_000, 12_000, 45_000, 100_000] as const;
const STARTS_MS = [22, 30, 60, 500, 5_300, 21_000] as const;
/** How long before its end an order takes no new writes. */
const MARGINS_MS = [5_000, 30_000, 60_000] as const;
const OUTAGES_MS = [3_000, 300, 20_000] as const;
const BLACKOUTS_MS = [8_000, 25_000, 140_000] as const;
const LAGS_MS = [20, 300, 1_500] as const;

function planDatabase(world: World, faults: Faults, database: Database): void {
  for (const [fault, state] of [
    ['ledger down', 'down'],
    ['ledger read-only', 'read-only'],
  ] as const) {
    if (!faults.isOn(fault)) continue;
    const startMs = world.pickFrom(`${fault}.start`, STARTS_MS, [1, 1, 1, 1, 1, 1]);
    const forMs = world.pickFrom(`${fault}.for`, OUTAGES_MS, [1, 1, 1]);
    world.after(startMs, () => {
      database.state = state;
      world.tell(() => `The ledger is ${state} for ${forMs / 1000} s.`);
      world.after(forMs, () => {
        database.state = 'up';
      });
    });
  }
  if (!faults.isOn('ledger failover')) return;
  const lagMs = world.pickFrom('failover.lag', LAGS_MS, [1, 1, 1]);
  world.after(world.pickFrom('failover.start', STARTS_MS, [1, 1, 1, 1, 1, 1]), () => {
    const lost = database.store.loseCommitsSince(world.now - lagMs);
    world.tell(() => `A standby takes over; the last ${lost} changes of the ledger are gone.`);
  });
}

/** What happens at the provider from elsewhere. */
function planProvider(shop: Shop): void {
  const { world, faults, books } = shop;
  if (faults.isOn('reads down')) {
    const forMs = world.pickFrom('reads down.for', BLACKOUTS_MS, [1, 1, 1]);
    world.after(world.pickFrom('reads down.start', STARTS_MS, [1, 1, 1, 1, 1, 1]), () => {
      shop.areReadsDown = true;
      world.tell(() => `The provider answers no reads for ${forMs / 1000} s.`);
      world.after(forMs, () => {
        shop.areReadsDown = false;
      });
    });
  }
  if (faults.isOn('neighbour')) {
    world.after(world.pickFrom('neighbour.start', STARTS_MS, [1, 1, 1, 1, 1, 1]), () => {
      const line = books.addLine('order-1', 'product-9', 1, world.now);
      world.tell(() => `Somebody adds another product to order-1 at the provider: ${line.key}.`);
    });
  }
  if (faults.isOn('order billed')) {
    world.after(world.pickFrom('billed.start', STARTS_MS, [1, 1, 1, 1, 1, 1]), () => {
      const marginMs = faults.isOn('window margin') ? world.pickFrom('billed.margin', MARGINS_MS, [1, 1, 1]) : 0;
      books.setMargin('order-1', world.now, world.now + marginMs);
      world.tell(() => `New writes are kept from order-1, ${marginMs / 1000} s before it is billed.`);
      world.after(marginMs, () => {
        books.setStatus('order-1', 'PLACED', world.now);
        world.tell(() => 'The provider bills order-1.');
      });
    });
  }
}

function decisionsOf({ world, faults, books, kind }: Shop): readonly Decision[] {
  // Once the ledger has forgotten an item, only the order tells whether it was added: where it may be there twice, nothing does.
  const ifPresent = faults.isOn('ledger failover')
    ? 'REJECT'
    : world.pickFrom('if-present', ['ADD', 'REJECT'] as const, [2, 1]);
  const ifTargetMoved = world.pickFrom('if-moved', ['REJECT', 'ACCEPT'] as const, [2, 1]);
  const add = (quantity: number, subscribe: AddItem['subscribe']): AddItem => ({
    kind: 'ADD_UPSELL_ITEM',
    orderKey: 'order-1',
    item: { offerKey: null, product: { id: 'product-1', handle: null, variantId: null } },
    quantity,
    subscribe,
    ifPresent,
    ifTargetMoved,
  });
  const lineItemKey = books.addLine('order-1', 'product-0', 1, -1).key;
  const wishes: readonly [() => WriteRequest, ...(() => WriteRequest)[]] = [
    () => add(1, null),
    () => add(2, null),
    () => add(1, kind.name === 'line' ? { every: 8, unit: 'WEEK' } : null),
    () => ({ kind: 'CHANGE_UPSELL_ITEM_QUANTITY', lineItemKey, quantity: 3 }),
    () => ({ kind: 'REMOVE_UPSELL_ITEM', lineItemKey }),
    () => ({ kind: 'CONVERT_TO_SUBSCRIPTION', lineItemKey, frequency: { every: 4, unit: 'WEEK' }, offerKey: null }),
  ];
  const wish = world.pickFrom('wish', wishes, [4, 2, 3, 1, 1, 1]);
  const decisions: Decision[] = [{ name: 'Tab 1', request: wish }];
  if (faults.isOn('second tab')) decisions.push({ name: 'Tab 2', request: () => add(1, null) });
  return decisions;
}
