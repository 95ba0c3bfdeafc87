import { atMidnight, dateOf } from '../central-time.js';
import { priceItem, totalOrder } from '../pricing.js';
import type {
  AddressRecord,
  CustomerRecord,
  ItemRecord,
  OrderRecord,
  PaymentRecord,
  ProductRecord,
  SubscriptionRecord,
} from '../records.js';
import type { OrdergrooveStore } from '../store.js';
import type { OrdergrooveSwitches } from '../switches.js';

/** Puts records into a store with everything filled in that a scenario does not care about. */
export class Seeding {
  constructor(
    readonly store: OrdergrooveStore,
    private readonly switches: OrdergrooveSwitches,
    /** Central date and time given to records that name none. */
    private readonly created: string,
  ) {}

  customer(fields: Pick<CustomerRecord, 'merchant_user_id' | 'email' | 'first_name' | 'last_name'>): CustomerRecord {
    const { created } = this;
    return this.store.customers.add({
      merchant: this.store.merchant.id,
      live: true,
      created,
      last_updated: created,
      ...fields,
    });
  }

  address(customer: CustomerRecord, fields: Partial<AddressRecord> = {}): AddressRecord {
    return this.store.addresses.add<AddressRecord>({
      public_id: this.id('address'),
      customer: customer.merchant_user_id,
      label: null,
      first_name: customer.first_name,
      last_name: customer.last_name,
      address: '100 Example Avenue',
      city: 'Chicago',
      state_province_code: 'IL',
      zip_postal_code: '60601',
      country_code: 'US',
      live: true,
      created: this.created,
      ...fields,
    });
  }

  payment(customer: CustomerRecord, fields: Partial<PaymentRecord> = {}): PaymentRecord {
    const public_id = fields.public_id ?? this.id('payment');
    return this.store.payments.add<PaymentRecord>({
      customer: customer.merchant_user_id,
      billing_address: null,
      cc_number_ending: '1111',
      cc_holder: `${customer.first_name} ${customer.last_name}`,
      cc_type: 1,
      cc_exp_date: '03/2031',
      payment_method: 'credit card',
      token_id: `token-${public_id.slice(0, 8)}`,
      live: true,
      label: null,
      created: this.created,
      last_updated: this.created,
      ...fields,
      public_id,
    });
  }

  product(
    fields: Pick<ProductRecord, 'external_product_id' | 'name' | 'price'> & Partial<ProductRecord>,
  ): ProductRecord {
    return this.store.products.add<ProductRecord>({
      sku: `SKU-${fields.external_product_id}`,
      image_url: null,
      detail_url: `https://shop.example.com/products/${fields.external_product_id}`,
      merchant: this.store.merchant.id,
      groups: [],
      eligibility: null,
      autoship_enabled: true,
      prepaid_eligible: false,
      live: true,
      discontinued: false,
      product_type: 'standard',
      autoship_by_default: false,
      every: 1,
      every_period: 3,
      incentive_group: null,
      recurringDiscount: null,
      created: this.created,
      last_update: this.created,
      ...fields,
    });
  }

  subscription(
    fields: Pick<SubscriptionRecord, 'customer' | 'product' | 'payment' | 'shipping_address'> &
      Partial<SubscriptionRecord>,
  ): SubscriptionRecord {
    return this.store.subscriptions.add<SubscriptionRecord>({
      merchant: this.store.merchant.id,
      offer: null,
      subscription_type: 'replenishment',
      raw_subscription_type: 'replenishment',
      components: [],
      extra_data: {},
      quantity: 1,
      price: null,
      reminder_days: 10,
      every: 1,
      every_period: 3,
      start_date: dateOf(this.created),
      anchor_day: null,
      cancelled: null,
      cancel_reason: null,
      cancel_reason_code: null,
      session_id: this.store.nextSessionId(),
      merchant_order_id: this.store.nextMerchantOrderId(),
      created: this.created,
      updated: this.created,
      live: true,
      external_id: null,
      prepaid_subscription_context: null,
      currency_code: null,
      ...fields,
      public_id: fields.public_id ?? this.id('subscription'),
    });
  }

  order(
    fields: Pick<OrderRecord, 'customer' | 'payment' | 'shipping_address' | 'place'> & Partial<OrderRecord>,
    lines: readonly SeedLine[],
  ): OrderRecord {
    const { store, switches, created } = this;
    const order = store.orders.add<OrderRecord>({
      merchant: store.merchant.id,
      sub_total: '0.00',
      tax_total: '0.00',
      shipping_total: '0.00',
      discount_total: '0.00',
      total: '0.00',
      currency_code: null,
      created,
      updated: created,
      cancelled: null,
      tries: 0,
      generic_error_count: 0,
      status: 1,
      type: 1,
      order_merchant_id: null,
      rejected_message: null,
      extra_data: null,
      locked: false,
      oos_free_shipping: false,
      ...fields,
      public_id: fields.public_id ?? this.id('order'),
      place: fields.place.length === 10 ? atMidnight(fields.place) : fields.place,
    });
    for (const line of lines) this.#line(order, line);
    totalOrder(store, switches, order);
    return order;
  }

  #line(order: OrderRecord, line: SeedLine): void {
    const isSubscribed = 'subscription' in line;
    const item = this.store.items.add<ItemRecord>({
      public_id: line.id ?? this.id('item'),
      order: order.public_id,
      offer: isSubscribed ? null : this.store.merchant.offerId,
      subscription: isSubscribed ? line.subscription.public_id : null,
      subscription_component: null,
      components: [],
      product: isSubscribed ? line.subscription.product : line.product.external_product_id,
      quantity: isSubscribed ? line.subscription.quantity : (line.quantity ?? 1),
      price: '0.00',
      total_price: '0.00',
      one_time: !isSubscribed,
      frozen: false,
      first_placed: order.status === 5 ? order.place : null,
    });
    priceItem(this.store, this.switches, item);
  }

  id(purpose: string): string {
    return this.store.identifiers.next(purpose);
  }
}

export type SeedLine =
  | { readonly id?: string; readonly subscription: SubscriptionRecord }
  | { readonly id?: string; readonly product: ProductRecord; readonly quantity?: number };
