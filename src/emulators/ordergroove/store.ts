import { Identifiers } from './identifiers.js';
import type {
  AddressRecord,
  CustomerRecord,
  ItemRecord,
  MerchantRecord,
  OfferProfileRecord,
  OneTimeIncentiveRecord,
  OrderRecord,
  PaymentRecord,
  ProductRecord,
  SubscriptionRecord,
} from './records.js';
import type { PlacementOutcome } from './placement.js';
import { Table } from './table.js';
import type { WebhookTarget } from './webhooks.js';

export interface StoreStart {
  readonly seed: string;
  readonly merchant: MerchantRecord;
  /** The first merchant order id and the first number in a generated session id. */
  readonly merchantOrderNumber?: number;
  readonly sessionNumber?: number;
}

export class OrdergrooveStore {
  readonly merchant: MerchantRecord;
  readonly identifiers: Identifiers;
  readonly customers = new Table<CustomerRecord>((row) => row.merchant_user_id);
  readonly addresses = new Table<AddressRecord>((row) => row.public_id);
  readonly payments = new Table<PaymentRecord>((row) => row.public_id);
  readonly products = new Table<ProductRecord>((row) => row.external_product_id);
  readonly orders = new Table<OrderRecord>((row) => row.public_id);
  readonly items = new Table<ItemRecord>((row) => row.public_id);
  readonly subscriptions = new Table<SubscriptionRecord>((row) => row.public_id);
  readonly offerProfiles = new Table<OfferProfileRecord>((row) => row.public_id);
  readonly oneTimeIncentives = new Table<OneTimeIncentiveRecord>((row) => row.public_id);
  /** One-click tokens and the subscription each acts on. */
  readonly oneClickTokens = new Map<string, string>();
  /** How the next placement of an order ends, where that was scripted. */
  readonly scriptedOutcomes = new Map<string, PlacementOutcome>();
  webhookTarget: WebhookTarget | null = null;
  #merchantOrderNumber: number;
  #sessionNumber: number;

  constructor({ seed, merchant, merchantOrderNumber = 300_001, sessionNumber = 100_001 }: StoreStart) {
    this.merchant = merchant;
    this.identifiers = new Identifiers(seed);
    this.#merchantOrderNumber = merchantOrderNumber;
    this.#sessionNumber = sessionNumber;
  }

  itemsOf(order: string): ItemRecord[] {
    return this.items.filter((item) => item.order === order);
  }

  nextMerchantOrderId(): string {
    return String(this.#merchantOrderNumber++);
  }

  /** A session id as Ordergroove makes one when a caller sent none. */
  nextSessionId(): string {
    const number = this.#sessionNumber++;
    return `${this.merchant.id}.${number}.${number}`;
  }

  /** Everything but the credentials, as plain data. */
  snapshot() {
    return {
      merchant: { id: this.merchant.id, offerId: this.merchant.offerId },
      customers: this.customers.list(),
      addresses: this.addresses.list(),
      payments: this.payments.list(),
      products: this.products.list(),
      orders: this.orders.list(),
      items: this.items.list(),
      subscriptions: this.subscriptions.list(),
      offerProfiles: this.offerProfiles.list(),
      oneTimeIncentives: this.oneTimeIncentives.list(),
    };
  }
}
