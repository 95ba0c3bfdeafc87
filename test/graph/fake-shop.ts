import { sameText } from '../../src/domain/same-customer.js';
import type { Account } from '../../src/domain/account.js';
import { capabilityKeys } from '../../src/domain/capability.js';
import type { ConnectedAccount } from '../../src/domain/connected-account.js';
import type { EligibilityQuestion, UpsellEligibility } from '../../src/domain/eligibility.js';
import type { LineItem } from '../../src/domain/line-item.js';
import { failed, found, type Lookup, missing } from '../../src/domain/lookup.js';
import type { UpsellOffer } from '../../src/domain/offer.js';
import type { Order } from '../../src/domain/order.js';
import { problem, ProviderFailure, type ProviderProblem } from '../../src/domain/problem.js';
import type { Product } from '../../src/domain/product.js';
import type { DataSource, PrefetchHints, RequestScope } from '../../src/domain/provider.js';
import { type EntityRef, toGlobalId } from '../../src/domain/reference.js';
import type { Subscription } from '../../src/domain/subscription.js';
import { now } from './sample-records.js';

type Writes = 'upsells' | 'conversions' | 'checkout';
type Port = Exclude<keyof DataSource, Writes>;

/** An in-process provider account: its records, what it was asked, and what it shall fail at. */
export class FakeShop {
  orders: Order[] = [];
  /** What the list of upcoming orders says; the customer's own orders unless set. */
  listed: readonly Order[] | null = null;
  gap: ProviderProblem | null = null;
  lines: LineItem[] = [];
  /** Lines that turn up among those of every order. */
  strayLines: readonly LineItem[] = [];
  subscriptions: Subscription[] = [];
  products: Product[] = [];
  offers: UpsellOffer[] = [];
  /** Offers that are open for no order now, by key. */
  readonly absentOffers = new Set<string>();
  reasons: UpsellEligibility['reasons'] = [];
  readonly absent = new Set<Port>();
  /** Ports whose calls fail whole. */
  readonly failing = new Set<Port>();
  /** What listing upcoming orders throws, as code with a mistake does. */
  bug: Error | null = null;
  /** Records that cannot be read, by key. */
  readonly broken = new Set<string>();
  /** Each port call as `port.method(keys)`. */
  readonly calls: string[] = [];
  readonly aheads: PrefetchHints[] = [];
  readonly scopes: RequestScope[] = [];

  constructor(readonly key: string) {}

  get account(): Account {
    const ref: EntityRef<'ProviderAccount'> = { type: 'ProviderAccount', account: this.key, key: this.key };
    return {
      id: toGlobalId(ref),
      ref,
      key: this.key,
      provider: 'ORDERGROOVE',
      label: `Shop ${this.key}`,
      environment: 'EMULATOR',
      baseUrl: 'http://127.0.0.1',
      timeZone: 'America/Chicago',
      currency: 'USD',
      timeoutMs: 1000,
      settings: { apiKey: 'top-secret' },
    };
  }

  get connected(): ConnectedAccount {
    return {
      account: this.account,
      capabilities: capabilityKeys.map((key) => ({ key, support: 'NATIVE', note: null })),
      sameCustomer: sameText,
      writes: [],
      connection: { settlingMs: 0, open: (scope) => this.open(scope) },
    };
  }

  private open(scope: RequestScope): DataSource {
    this.scopes.push(scope);
    const ports: Required<Omit<DataSource, Writes>> = {
      orders: { getMany: readOnce((keys) => this.pick('orders', 'getMany', keys, this.orders)) },
      upcomingOrders: {
        list: async (customerId, ahead) => {
          this.note('upcomingOrders', 'list', [customerId]);
          this.aheads.push(ahead);
          if (this.bug) throw this.bug;
          const own = this.orders.filter((order) => order.customerId === customerId);
          return { items: this.listed ?? own, problem: this.gap };
        },
      },
      lineItems: {
        getMany: async (keys) => this.pick('lineItems', 'getMany', keys, this.lines),
        forOrders: async (orders) => {
          this.note('lineItems', 'forOrders', orders.map(keyOf));
          return orders.map((order) => {
            const own = this.lines.filter((line) => line.orderRef.key === order.ref.key);
            return found([...own, ...this.strayLines]);
          });
        },
      },
      subscriptions: {
        getMany: async (keys) => this.pick('subscriptions', 'getMany', keys, this.subscriptions),
        listFor: async (customerId) => {
          this.note('subscriptions', 'listFor', [customerId]);
          return { items: this.subscriptions, problem: null };
        },
        nextOrders: async (subscriptions) => {
          this.note('subscriptions', 'nextOrders', subscriptions.map(keyOf));
          return subscriptions.map(() => firstOf(this.orders));
        },
      },
      products: { getMany: async (keys) => this.pick('products', 'getMany', keys, this.products) },
      offers: {
        getMany: async (keys) => this.pick('offers', 'getMany', keys, this.offers),
        forOrders: async (orders) => {
          this.note('offers', 'forOrders', orders.map(keyOf));
          const open = this.offers.filter(({ ref }) => !this.absentOffers.has(ref.key));
          return orders.map(() => found(open));
        },
      },
      eligibility: {
        check: async (questions) => {
          this.note(
            'eligibility',
            'check',
            questions.map(({ order }) => order.ref.key),
          );
          return questions.map((question) => found(this.judge(question)));
        },
      },
      preview: {
        preview: async (request) => {
          this.note('preview', 'preview', [request.orderKey]);
          return this.previewOf(request.orderKey, request.quantity, request.subscribe !== null);
        },
      },
    };
    return withoutPorts(ports, this.absent);
  }

  private pick<T extends { readonly ref: EntityRef }>(
    port: Port,
    method: string,
    keys: readonly string[],
    records: readonly T[],
  ): readonly Lookup<T>[] {
    this.note(port, method, keys);
    return keys.map((key) => {
      if (this.broken.has(key)) return failed(problem('TIMEOUT', 'The shop took too long.'));
      return firstOf(records.filter((record) => record.ref.key === key));
    });
  }

  private note(port: Port, method: string, keys: readonly string[]): void {
    this.calls.push(`${port}.${method}(${keys.join(',')})`);
    if (this.failing.has(port)) {
      throw new ProviderFailure(problem('UNAVAILABLE', 'The shop does not answer.', { httpStatus: 503 }));
    }
  }

  private judge({ order, item, quantity, subscribe }: EligibilityQuestion): UpsellEligibility {
    const key = item?.product?.id;
    return {
      order,
      product: this.products.find(({ ref }) => ref.key === key) ?? null,
      quantity,
      purchaseMode: subscribe ? 'SUBSCRIPTION' : 'ONE_TIME',
      verdict: this.reasons.length > 0 ? 'INELIGIBLE' : 'ELIGIBLE',
      reasons: this.reasons,
      possibleModes: [],
      window: order.window,
      basis: 'RULES',
      checkedAt: now,
    };
  }

  private previewOf(orderKey: string, quantity: number, subscribe: boolean) {
    const [order, product] = [this.orders.find(({ ref }) => ref.key === orderKey), this.products[0]];
    if (!order || !product) return missing;
    const increase = this.lines[0]?.total?.times(quantity) ?? null;
    return found({
      order,
      product,
      quantity,
      lineTotal: increase,
      lineDiscount: null,
      lineFees: null,
      orderTotalAfter: null,
      charge: { increase, timing: 'WITH_UPCOMING_ORDER' as const, at: order.scheduled, payments: [] },
      terms: null,
      fidelity: 'ESTIMATED' as const,
      eligibility: this.judge({ order, item: null, quantity, subscribe }),
    });
  }
}

function keyOf({ ref }: { readonly ref: EntityRef }): string {
  return ref.key;
}

function firstOf<T>([first]: readonly T[]): Lookup<T> {
  return first ? found(first) : missing;
}

function withoutPorts(ports: DataSource, absent: ReadonlySet<string>): DataSource {
  const { orders, ...optional } = ports;
  return { orders, ...Object.fromEntries(Object.entries(optional).filter(([name]) => !absent.has(name))) };
}

/** Reads no record twice, as a data source promises. */
function readOnce<T>(read: (keys: readonly string[]) => readonly Lookup<T>[]) {
  const known = new Map<string, Lookup<T>>();
  return async (keys: readonly string[]): Promise<readonly Lookup<T>[]> => {
    const unread = keys.filter((key) => !known.has(key));
    const records = unread.length > 0 ? read(unread) : [];
    for (const [index, key] of unread.entries()) known.set(key, records[index] ?? missing);
    return keys.map((key) => known.get(key) ?? missing);
  };
}
