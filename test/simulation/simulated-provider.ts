import type { AccountConnection, DataSource, RequestScope } from '../../src/domain/provider.js';
import { failed, found, type Lookup, missing } from '../../src/domain/lookup.js';
import { problem, ProviderFailure, type ProviderProblem } from '../../src/domain/problem.js';
import type { Books, View } from './books.js';
import type { Alternative, Faults } from './faults.js';
import type { ProtocolKind } from './protocol-kinds.js';
import { toLineItem, toOrder, toSubscription } from './records.js';
import type { Life } from './replica.js';
import { simulatedWriter } from './simulated-writer.js';
import type { Laws } from './laws.js';
import type { World } from './world.js';

/** The provider and everything around it, for all replicas. */
export interface Shop {
  readonly world: World;
  readonly faults: Faults;
  readonly books: Books;
  readonly kind: ProtocolKind;
  readonly laws: Laws;
  areReadsDown: boolean;
}

/** A read that hangs is given up after this. */
const READ_MS = 2_500;
const STALE_MS = [1_000, 4_000] as const;

const READ_FATES: readonly Alternative[] = [
  ['read failed', 12],
  ['read failed', 8],
  ['read partial', 12],
  ['read refused', 12],
  ['read stale', 12],
];

/** Reads one consistent view, with what of it could not be read; rejects with `ProviderFailure` when there is none. */
export type ReadView = <T>(look: (view: View, gap: ProviderProblem | null) => T) => Promise<T>;

export function simulatedConnection(shop: Shop, life: Life): AccountConnection {
  const { kind } = shop;
  return {
    settlingMs: kind.settlingMs,
    ...(kind.sharesLock && { lockKey: () => 'contract-1' }),
    open: (scope) => openSource(shop, life, scope),
  };
}

function openSource(shop: Shop, life: Life, scope: RequestScope): DataSource {
  const read = reader(shop, life, scope);
  const writer = simulatedWriter(shop, life, scope, read);
  return {
    orders: { getMany: (keys) => read((view) => keys.map((key) => orderIn(view, key))) },
    lineItems: {
      getMany: (keys) =>
        read((view, gap) =>
          keys.map((key) => {
            const line = view.line(key);
            if (gap) return failed(gap);
            return line ? found(toLineItem(view, line)) : missing;
          }),
        ),
      forOrders: (orders) =>
        read((view, gap) =>
          orders.map(({ ref: { key } }) => {
            if (gap) return failed(gap);
            return found(view.linesOf(key).map((line) => toLineItem(view, line)));
          }),
        ),
    },
    subscriptions: {
      getMany: (keys) =>
        read((view) =>
          keys.map((key) => {
            const row = view.subscriptions().find((each) => each.key === key);
            return row ? found(toSubscription(view, row)) : missing;
          }),
        ),
      listFor: () =>
        read((view) => ({ items: view.subscriptions().map((row) => toSubscription(view, row)), problem: null })),
      nextOrders: async (subscriptions) => subscriptions.map(() => missing),
    },
    upsells: { add: writer, changeQuantity: writer, remove: writer },
    conversions: writer,
  };
}

function orderIn(view: View, key: string): Lookup<ReturnType<typeof toOrder>> {
  return key.startsWith('order-') ? found(toOrder(view, key)) : missing;
}

const badGateway = problem('UNAVAILABLE', 'The provider answered 502.', { httpStatus: 502 });
const timedOut = problem('TIMEOUT', 'The provider did not answer in time.');
const forbidden = problem('FORBIDDEN', 'The provider answered 403.', { httpStatus: 403 });
const undecodable = problem('CONTRACT_DRIFT', 'A record is not as documented.');

function reader(shop: Shop, life: Life, { signal }: RequestScope): ReadView {
  const { world, faults, books } = shop;
  const { replica } = life;
  const site = `${replica.name}.read`;
  const readView = () =>
    new Promise<readonly [View, ProviderProblem | null]>((resolve, reject) => {
      if (signal.aborted) {
        reject(new ProviderFailure(timedOut));
        return;
      }
      const fate = faults.fate(site, 200, READ_FATES);
      const fail = (ms: number, found: ProviderProblem) =>
        replica.deliver(life, ms, () => reject(new ProviderFailure(found)));
      world.after(world.latency(`${site}.there`), () => {
        if (fate === 1 || shop.areReadsDown) return fail(5, badGateway);
        if (fate === 2) return fail(READ_MS, timedOut);
        const staleMs = fate === 5 ? world.pickFrom(`${site}.stale`, STALE_MS, [1, 1]) : 0;
        const gap = fate === 3 ? undecodable : fate === 4 ? forbidden : null;
        const view = books.at(Math.max(world.now - staleMs, 0));
        replica.deliver(life, world.latency(`${site}.back`), () => resolve([view, gap]));
      });
    });
  return async (look) => look(...(await readView()));
}
