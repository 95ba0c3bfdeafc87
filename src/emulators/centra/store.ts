import { Collection } from '../kit/collection.js';
import { hexIdentifier, Identifiers } from '../kit/identifiers.js';
import { SlidingWindow } from '../kit/rate-limit.js';
import type {
  ContractRecord,
  CurrencyRecord,
  CustomerRecord,
  EmailRecord,
  LineRecord,
  MarketRecord,
  OrderRecord,
  PaymentOrderRecord,
  PaymentPluginRecord,
  PlanRecord,
  ProductRecord,
  SelectionRecord,
  SessionRecord,
  SizeRecord,
  SubscriptionRecord,
} from './records.js';

export interface Shop {
  readonly seed: string;
  readonly timeZone: string;
  readonly currencies: readonly CurrencyRecord[];
  readonly markets: readonly MarketRecord[];
  readonly plugins: readonly PaymentPluginRecord[];
  readonly plans: readonly PlanRecord[];
  readonly products: readonly ProductRecord[];
  readonly customers: readonly CustomerRecord[];
  readonly firstOrderNumber: number;
}

export class CentraStore {
  readonly identifiers: Identifiers;
  readonly timeZone: string;
  readonly currencies: Collection<CurrencyRecord>;
  readonly markets: Collection<MarketRecord>;
  readonly plugins: Collection<PaymentPluginRecord>;
  readonly plans: Collection<PlanRecord>;
  readonly products: Collection<ProductRecord>;
  readonly customers: Collection<CustomerRecord>;
  readonly selections = new Collection<SelectionRecord>('selection', ({ id }) => id);
  readonly orders = new Collection<OrderRecord>('order', ({ order }) => order);
  readonly contracts = new Collection<ContractRecord, number>('contract', ({ id }) => id);
  readonly subscriptions = new Collection<SubscriptionRecord, number>('subscription', ({ id }) => id);
  readonly paymentOrders = new Collection<PaymentOrderRecord>('payment order', ({ order_id: id }) => id);
  /** By token; a session may have two while its token rotates. */
  readonly sessions = new Map<string, SessionRecord>();
  /** Answers of the payment provider by idempotency key. */
  readonly paymentAnswers = new Map<string, { readonly status: number; readonly body: unknown }>();
  readonly emails: EmailRecord[] = [];
  readonly integrationRate = new SlidingWindow(10_000);
  #orderNumber: number;
  #serial = 100;

  constructor(shop: Shop) {
    this.identifiers = new Identifiers(shop.seed, hexIdentifier);
    this.timeZone = shop.timeZone;
    this.currencies = new Collection('currency', ({ currency }) => currency, shop.currencies);
    this.markets = new Collection('market', ({ id }) => id, shop.markets);
    this.plugins = new Collection('plugin', ({ uri }) => uri, shop.plugins);
    this.plans = new Collection('plan', ({ id }) => id, shop.plans);
    this.products = new Collection('product', ({ product }) => product, shop.products);
    this.customers = new Collection('customer', ({ email }) => email, shop.customers);
    this.#orderNumber = shop.firstOrderNumber;
  }

  nextOrderNumber(): string {
    return String(this.#orderNumber++);
  }

  nextSerial(): number {
    return this.#serial++;
  }

  market(id: string): MarketRecord {
    return this.markets.existing(id);
  }

  currencyOf(market: string): CurrencyRecord {
    return this.currencies.existing(this.market(market).currency);
  }

  /** Finds the size an item stands for: `5-3` is size 3 of display item 5. */
  findItem(item: string): { readonly product: ProductRecord; readonly size: SizeRecord } | null {
    const [productId = '', sizeId] = item.split('-');
    const product = this.products.get(productId);
    const size = product?.sizes.find((each) => each.sizeId === sizeId);
    return product && size ? { product, size } : null;
  }

  itemOf({ item }: Pick<LineRecord, 'item'>): { readonly product: ProductRecord; readonly size: SizeRecord } {
    return known(this.findItem(item), `item ${item}`);
  }

  toJSON() {
    const { orders, selections, contracts, subscriptions, paymentOrders, emails, products } = this;
    return {
      orders: orders.list(),
      selections: selections.list(),
      contracts: contracts.list(),
      subscriptions: subscriptions.list(),
      paymentOrders: paymentOrders.list(),
      products: products.list(),
      emails,
      sessions: this.sessions.size,
    };
  }
}

/** Returns what a record refers to, and throws when it is absent. Records refer only to records that exist. */
export function known<Value>(value: Value | undefined | null, what: string): Value {
  if (value === undefined || value === null) throw new TypeError(`There is no ${what}.`);
  return value;
}
