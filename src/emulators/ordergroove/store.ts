import { Collection } from '../kit/collection.js';
import { hexIdentifier, Identifiers } from '../kit/identifiers.js';
import { FixedWindow } from '../kit/rate-limit.js';
import type {
  AddressRecord,
  CustomerRecord,
  ItemRecord,
  MerchantRecord,
  OrderRecord,
  PaymentRecord,
  PlacementOutcome,
  ProductRecord,
  SubscriptionRecord,
} from './records.js';

const MINUTE_MS = 60_000;

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
  readonly customers = new Collection<CustomerRecord>('customer', (row) => row.merchant_user_id);
  readonly addresses = new Collection<AddressRecord>('address', (row) => row.public_id);
  readonly payments = new Collection<PaymentRecord>('payment', (row) => row.public_id);
  readonly products = new Collection<ProductRecord>('product', (row) => row.external_product_id);
  readonly orders = new Collection<OrderRecord>('order', (row) => row.public_id);
  readonly items = new Collection<ItemRecord>('item', (row) => row.public_id);
  readonly subscriptions = new Collection<SubscriptionRecord>('subscription', (row) => row.public_id);
  /** How the next placement of an order ends, where that was scripted. */
  readonly scriptedOutcomes = new Map<string, PlacementOutcome>();
  readonly requestRate = new FixedWindow(MINUTE_MS);
  #merchantOrderNumber: number;
  #sessionNumber: number;

  constructor({ seed, merchant, merchantOrderNumber = 300_001, sessionNumber = 100_001 }: StoreStart) {
    this.merchant = merchant;
    this.identifiers = new Identifiers(seed, hexIdentifier);
    this.#merchantOrderNumber = merchantOrderNumber;
    this.#sessionNumber = sessionNumber;
  }

  itemsOf(order: string): ItemRecord[] {
    return this.items.filter((item) => item.order === order);
  }

  nextMerchantOrderId(): string {
    return String(this.#merchantOrderNumber++);
  }

  /** Makes a session id as Ordergroove does when a caller sent none. */
  nextSessionId(): string {
    const number = this.#sessionNumber++;
    return `${this.merchant.id}.${number}.${number}`;
  }

  /** Returns everything but the credentials, as plain data. */
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
    };
  }
}
