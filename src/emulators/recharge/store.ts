import { Collection } from '../kit/collection.js';
import { LeakyBucket } from '../kit/rate-limit.js';
import type {
  AddressRecord,
  BundleRecord,
  ChargeRecord,
  ChargeStatus,
  CustomerRecord,
  OnetimeRecord,
  OrderRecord,
  PaymentRecord,
  PlanRecord,
  SubscriptionRecord,
  TokenRecord,
  VariantRecord,
  WebhookRecord,
} from './records.js';

/** https://docs.getrecharge.com/docs/api-rate-limits */
const DRAINS_PER_SECOND = 2;

export interface StoreStart {
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly tokens: readonly TokenRecord[];
}

export class RechargeStore {
  readonly customers = new Collection<CustomerRecord, number>('customer', ({ id }) => id);
  readonly addresses = new Collection<AddressRecord, number>('address', ({ id }) => id);
  readonly variants = new Collection<VariantRecord>('variant', ({ external_variant_id: id }) => id);
  readonly plans = new Collection<PlanRecord, number>('plan', ({ id }) => id);
  readonly onetimes = new Collection<OnetimeRecord, number>('one-time item', ({ id }) => id);
  readonly subscriptions = new Collection<SubscriptionRecord, number>('subscription', ({ id }) => id);
  readonly charges = new Collection<ChargeRecord, number>('charge', ({ id }) => id);
  readonly orders = new Collection<OrderRecord, number>('order', ({ id }) => id);
  readonly bundles = new Collection<BundleRecord, number>('bundle', ({ id }) => id);
  readonly webhooks = new Collection<WebhookRecord, number>('webhook', ({ id }) => id);
  readonly payments: PaymentRecord[] = [];
  /** How the processing of a charge ends, where that was scripted. */
  readonly scriptedOutcomes = new Map<number, ChargeStatus>();
  readonly bucket = new LeakyBucket(DRAINS_PER_SECOND);

  readonly chargesOf = this.charges.index(({ address_id: address }) => address);
  readonly onetimesOf = this.onetimes.index(({ address_id: address }) => address);
  readonly subscriptionsOf = this.subscriptions.index(({ address_id: address }) => address);

  /** Subscriptions and one-time items share one sequence. */
  #lastItem = 700_100_000;
  #lastCharge = 910_000_000;
  #lastOrder = 610_000_000;
  #lastWebhook = 30_000;

  constructor(readonly shop: StoreStart) {}

  nextItemId(): number {
    return (this.#lastItem += 1);
  }

  nextChargeId(): number {
    return (this.#lastCharge += 1);
  }

  nextOrderId(): number {
    return (this.#lastOrder += 1);
  }

  nextWebhookId(): number {
    return (this.#lastWebhook += 1);
  }

  /** Lists everything but the credentials. */
  toJSON() {
    return {
      customers: this.customers.list(),
      addresses: this.addresses.list(),
      variants: this.variants.list(),
      plans: this.plans.list(),
      onetimes: this.onetimes.list(),
      subscriptions: this.subscriptions.list(),
      charges: this.charges.list(),
      orders: this.orders.list(),
      bundles: this.bundles.list(),
      webhooks: this.webhooks.list(),
      payments: this.payments,
    };
  }
}
