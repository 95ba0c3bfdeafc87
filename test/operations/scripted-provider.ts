import { sameText } from '../../src/domain/same-customer.js';
import type { Actor } from '../../src/domain/actor.js';
import type { Account } from '../../src/domain/account.js';
import { listCapabilities, type CapabilityMatrix, capabilityKeys } from '../../src/domain/capability.js';
import type { ConnectedAccount } from '../../src/domain/connected-account.js';
import { availability } from '../../src/domain/eligibility.js';
import type { LineItem } from '../../src/domain/line-item.js';
import { failed, found, missing } from '../../src/domain/lookup.js';
import { Money } from '../../src/domain/money.js';
import { fromInstant, unknownMoment } from '../../src/domain/moment.js';
import type { Order, OrderStatus } from '../../src/domain/order.js';
import { problem } from '../../src/domain/problem.js';
import type { DataSource } from '../../src/domain/provider.js';
import { toGlobalId } from '../../src/domain/reference.js';
import type { Refusal } from '../../src/domain/refusal.js';
import { type Subscription, unstatedTerms } from '../../src/domain/subscription.js';
import type { AddItem, OrderView, PlannedStep, SendResult, Writer } from '../../src/domain/write.js';
import { viewOf, wholeListing } from '../../src/providers/kit/order-view.js';

/** A provider of one order, in memory, whose answers a test scripts one by one. */
export class ScriptedProvider {
  readonly sent: string[] = [];
  /** Taken first to last, then every write is applied and confirmed. */
  readonly script: Script[] = [];
  lines: LineItem[] = [];
  subscriptions: Subscription[] = [];
  customerId = 'customer-1';
  price = usd(400);
  twoSteps = false;
  isReadable = true;
  status: OrderStatus = 'SCHEDULED';
  /** When this layer's margin is over, of an order it closed by itself. */
  closesAt: Date | null = null;
  settlingMs = 30;
  /** Why every write is refused. */
  refusal: Refusal | null = null;
  /** The order the provider silently uses instead of the one asked for. */
  movesTo: string | null = null;
  /** It documents that it uses no other order, whatever it does. */
  saysItStays = false;
  takesBack: SendResult | null = null;
  /** Runs while a write is with the provider. */
  whileSending: (step: string) => Promise<void> = async () => {};
  private total = usd(7794);

  connected(): ConnectedAccount {
    return {
      account,
      capabilities: listCapabilities(matrix),
      writes: ['ADD_UPSELL_ITEM'],
      sameCustomer: sameText,
      connection: { settlingMs: this.settlingMs, open: () => this.open() },
    };
  }

  open(): DataSource {
    return {
      orders: {
        getMany: async (keys) => keys.map((key) => (key.startsWith('order-') ? this.read(this.order(key)) : missing)),
      },
      lineItems: {
        getMany: async (keys) => keys.map((key) => this.readOne(this.lines.find(({ ref }) => ref.key === key))),
        forOrders: async (orders) => orders.map(() => this.read(this.lines)),
      },
      subscriptions: {
        getMany: async (keys) => keys.map((key) => this.readOne(this.subscriptions.find(({ ref }) => ref.key === key))),
        listFor: async () => ({ items: this.subscriptions, problem: null }),
        nextOrders: async (subscriptions) => subscriptions.map(() => missing),
      },
      upsells: { add: this.adder() },
    };
  }

  /** Does what was asked last, and lost on the way. */
  comesLate(): void {
    this.apply('add_item', 1);
  }

  raiseTotal(by: Money): void {
    this.total = this.total.plus(by);
  }

  order(key = 'order-1'): Order {
    const ref = { type: 'Order', account: account.key, key } as const;
    const none = { discount: null, tax: null, taxIncluded: null, shipping: null, fees: null };
    return {
      id: toGlobalId(ref),
      ref,
      providerId: key,
      displayNumber: null,
      kind: 'UPCOMING',
      status: this.status,
      providerStatus: this.status,
      customerId: this.customerId,
      scheduled: unknownMoment,
      window: {
        state: this.status === 'SCHEDULED' && this.closesAt === null ? 'OPEN' : 'CLOSED',
        closesAt: this.closesAt && fromInstant(this.closesAt),
        secondsLeft: null,
        asOf: new Date(),
      },
      totals: { ...none, subtotal: this.total, total: this.total, estimated: false },
      observedAt: new Date(),
    };
  }

  private adder(): Writer<AddItem> {
    return {
      prepare: async (request) => {
        if (this.refusal) return { outcome: 'refused', refusal: this.refusal };
        const target = {
          order: this.order(request.orderKey),
          product: productRef('product-1'),
          steps: this.steps(request),
          before: this.view(request.orderKey),
          context: {},
          expectedIncrease: this.price,
        };
        return { outcome: 'ready', target };
      },
      send: (step, request) => this.send(step, request),
      look: async ({ orderKey }) => this.view(orderKey),
      ...(this.takesBack && { takeBack: (_request, _progress, moved) => this.takeBack(moved) }),
    };
  }

  private steps({ quantity }: AddItem): readonly PlannedStep[] {
    const line = { kind: 'line_added', productId: 'product-1', quantity, recurring: false, mark: null } as const;
    const stays = this.saysItStays ? ({ stays: true } as const) : {};
    const add = { name: 'add_item', expects: [{ ...line, ...stays }] };
    if (!this.twoSteps) return [add];
    const made = { kind: 'subscription_made', productId: 'product-1', quantity: null, mark: null } as const;
    return [add, { name: 'create_subscription', expects: [{ ...made, frequency: null }] }];
  }

  private view(orderKey: string): OrderView {
    const own = this.lines.filter(({ orderRef }) => orderRef.key === orderKey);
    const others = this.lines.filter(({ orderRef }) => orderRef.key !== orderKey);
    return viewOf({
      order: this.read(this.order(orderKey)),
      lines: wholeListing(this.read(own)),
      elsewhere: this.movesTo === null ? null : wholeListing(this.read(others)),
      subscriptions: this.twoSteps ? wholeListing(this.read(this.subscriptions)) : null,
    });
  }

  private async send(step: string, request: AddItem): Promise<SendResult> {
    this.sent.push(step);
    await this.whileSending(step);
    const { applies, answer, quantity = request.quantity, splits = false } = this.script.shift() ?? { applies: true };
    const [result = {}] = applies ? (splits ? ones(quantity) : [quantity]).map((units) => this.apply(step, units)) : [];
    return answer ?? { outcome: 'confirmed', attempts: 1, result };
  }

  private apply(step: string, quantity: number) {
    if (step === 'create_subscription') return { subscriptionKey: this.subscribe().ref.key };
    const line = lineItem(`line-${this.lines.length + 1}`, quantity, this.movesTo ?? 'order-1');
    this.lines = [...this.lines, line];
    this.total = this.total.plus(this.price.times(quantity));
    return { lineItemKey: line.ref.key, ...(this.movesTo && { orderKey: this.movesTo }) };
  }

  private async takeBack(moved: LineItem): Promise<SendResult> {
    this.sent.push('take_back');
    if (!this.takesBack) throw new Error('this provider takes nothing back');
    if (this.takesBack.outcome === 'confirmed') {
      this.lines = this.lines.filter(({ ref }) => ref.key !== moved.ref.key);
      this.total = this.total.minus(this.price.times(moved.quantity));
    }
    return this.takesBack;
  }

  private subscribe(): Subscription {
    const ref = { type: 'SubscriptionContract', account: account.key, key: 'subscription-1' } as const;
    const subscription: Subscription = {
      id: toGlobalId(ref),
      ref,
      providerId: ref.key,
      status: 'ACTIVE',
      providerStatus: 'live',
      customerId: this.customerId,
      lines: [{ providerId: 'item-1', product: productRef('product-1'), quantity: 1, unitPrice: null }],
      terms: { ...unstatedTerms, deliveryFrequency: { every: 8, unit: 'WEEK' } },
      startDate: null,
      nextDelivery: null,
      endsAt: null,
      pendingChanges: [],
      dunning: null,
      observedAt: new Date(),
    };
    this.subscriptions = [subscription];
    return subscription;
  }

  private read<T>(value: T) {
    return this.isReadable ? found(value) : failed(unavailable);
  }

  private readOne<T>(value: T | undefined) {
    return value === undefined ? missing : this.read(value);
  }
}

export interface Script {
  /** Whether the provider does what it was asked, whatever it answers. */
  readonly applies: boolean;
  /** The answer; confirmed when absent. */
  readonly answer?: SendResult;
  /** Applied instead of what was asked. */
  readonly quantity?: number;
  /** Puts each unit on a line of its own. */
  readonly splits?: boolean;
}

function ones(count: number): readonly number[] {
  return Array.from({ length: count }, () => 1);
}

/** The customer whose order it is. */
export const shopper: Actor = {
  id: 'shopper-1',
  kind: 'CUSTOMER',
  scopes: ['upsell:read', 'upsell:write'],
  customers: { 'og-us': 'customer-1' },
  orders: {},
};

export const addOne: AddItem = {
  kind: 'ADD_UPSELL_ITEM',
  orderKey: 'order-1',
  item: { offerKey: null, product: { id: 'product-1', handle: null, variantId: null } },
  quantity: 1,
  subscribe: null,
  ifPresent: 'REJECT',
  ifTargetMoved: 'REJECT',
};

export const unavailable = problem('UNAVAILABLE', 'The provider answered 502.', { httpStatus: 502 });
export const lost: SendResult = { outcome: 'unknown', attempts: 1, problem: unavailable };
export const throttled: SendResult = {
  outcome: 'not_applied',
  attempts: 3,
  problem: problem('RATE_LIMITED', 'Too many requests.', { httpStatus: 429 }),
};

export function usd(minor: number | string): Money {
  return new Money(BigInt(minor), 'USD', 'PROVIDER');
}

const account: Account = {
  id: 'account-1',
  ref: { type: 'ProviderAccount', account: 'og-us', key: 'og-us' },
  key: 'og-us',
  provider: 'ORDERGROOVE',
  label: 'Scripted',
  environment: 'EMULATOR',
  baseUrl: 'http://127.0.0.1:1',
  timeZone: null,
  currency: 'USD',
  timeoutMs: 1000,
  settings: {},
};

const matrix = Object.fromEntries(
  capabilityKeys.map((key) => [key, { support: key === 'OFFER_FUNNEL' ? 'UNSUPPORTED' : 'NATIVE', note: null }]),
) as CapabilityMatrix;

function productRef(key: string) {
  const ref = { type: 'Product', account: account.key, key } as const;
  return { id: toGlobalId(ref), ref, providerId: key };
}

function lineItem(key: string, quantity: number, orderKey: string): LineItem {
  const ref = { type: 'LineItem', account: account.key, key } as const;
  return {
    id: toGlobalId(ref),
    ref,
    orderRef: { type: 'Order', account: account.key, key: orderKey },
    providerId: key,
    product: productRef('product-1'),
    quantity,
    purchaseMode: 'ONE_TIME',
    origin: 'UPSELL',
    title: null,
    variantTitle: null,
    imageUrl: null,
    fees: null,
    taxIncluded: null,
    terms: null,
    unitPrice: usd(400),
    compareAtTotal: null,
    discount: null,
    tax: null,
    total: null,
    locked: null,
    stockHeld: null,
    subscriptionRef: null,
    removal: availability([]),
    conversion: availability([]),
  };
}
