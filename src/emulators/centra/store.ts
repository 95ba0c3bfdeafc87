import { Identifiers } from './identifiers.js';
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
import type { WebhookTarget } from './webhooks.js';

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
  readonly currencies: ReadonlyMap<string, CurrencyRecord>;
  readonly markets: ReadonlyMap<string, MarketRecord>;
  readonly plugins: ReadonlyMap<string, PaymentPluginRecord>;
  readonly plans: Map<string, PlanRecord>;
  readonly products: ReadonlyMap<string, ProductRecord>;
  readonly customers: Map<string, CustomerRecord>;
  readonly sessions = new Map<string, SessionRecord>();
  readonly selections = new Map<string, SelectionRecord>();
  readonly orders = new Map<string, OrderRecord>();
  readonly contracts = new Map<number, ContractRecord>();
  readonly subscriptions = new Map<number, SubscriptionRecord>();
  readonly paymentOrders = new Map<string, PaymentOrderRecord>();
  /** Answers of the payment provider by idempotency key. */
  readonly paymentAnswers = new Map<string, { readonly status: number; readonly body: unknown }>();
  readonly emails: EmailRecord[] = [];
  webhookTarget: WebhookTarget | null = null;
  #orderNumber: number;
  #serial = 100;

  constructor(shop: Shop) {
    this.identifiers = new Identifiers(shop.seed);
    this.timeZone = shop.timeZone;
    this.currencies = byKey(shop.currencies, ({ currency }) => currency);
    this.markets = byKey(shop.markets, ({ id }) => id);
    this.plugins = byKey(shop.plugins, ({ uri }) => uri);
    this.plans = byKey(shop.plans, ({ id }) => id);
    this.products = byKey(shop.products, ({ product }) => product);
    this.customers = byKey(shop.customers, ({ email }) => email);
    this.#orderNumber = shop.firstOrderNumber;
  }

  nextOrderNumber(): string {
    return String(this.#orderNumber++);
  }

  nextSerial(): number {
    return this.#serial++;
  }

  market(id: string): MarketRecord {
    return known(this.markets.get(id), `market ${id}`);
  }

  currencyOf(market: string): CurrencyRecord {
    return known(this.currencies.get(this.market(market).currency), `currency of ${market}`);
  }

  /** `5-3` is size 3 of display item 5. */
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
      orders: [...orders.values()],
      selections: [...selections.values()],
      contracts: [...contracts.values()],
      subscriptions: [...subscriptions.values()],
      paymentOrders: [...paymentOrders.values()],
      products: [...products.values()],
      emails,
      sessions: this.sessions.size,
    };
  }
}

function byKey<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value> {
  return new Map(values.map((value) => [keyOf(value), value]));
}

/** Records refer only to records that exist. */
export function known<Value>(value: Value | undefined | null, what: string): Value {
  if (value === undefined || value === null) throw new TypeError(`There is no ${what}.`);
  return value;
}
