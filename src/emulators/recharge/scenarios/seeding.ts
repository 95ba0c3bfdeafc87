import { addDays } from '../../kit/calendar.js';
import { toEasternDate, toStamp } from '../eastern-time.js';
import { reducedBy } from '../payloads.js';
import { unitPriceOf } from '../pricing.js';
import { blankCharge } from '../rebuild.js';
import type {
  AddressRecord,
  ChargeLine,
  ChargeRecord,
  CustomerRecord,
  OnetimeRecord,
  PlanRecord,
  SubscriptionRecord,
  VariantRecord,
} from '../records.js';
import { RechargeStore } from '../store.js';
import { demoToken, narrowToken } from './demo-credentials.js';

const ALL_SCOPES = [
  'read_customers',
  'read_events',
  'read_orders',
  'read_products',
  'read_store',
  'read_subscriptions',
  'write_orders',
  'write_subscriptions',
];

const PERCENT_OFF = 10;

/** Makes the records of a scenario, dated around its start. */
export class Seeding {
  readonly store = new RechargeStore({
    name: 'Acme Roasters',
    currency: 'USD',
    timeZone: 'America/Los_Angeles',
    tokens: [
      { token: demoToken, name: 'Upsell layer', scopes: ALL_SCOPES },
      { token: narrowToken, name: 'Catalogue', scopes: ['read_products'] },
    ],
  });
  readonly #since: string;
  #lastPlan = 3_100_000;

  constructor(private readonly now: Date) {
    this.#since = toStamp(new Date(now.getTime() - 90 * 86_400_000));
  }

  /** Returns a day by its distance from today, US Eastern. */
  day(offset: number): string {
    return addDays(toEasternDate(this.now), offset);
  }

  customer(id: number, first_name: string, last_name: string): CustomerRecord {
    const email = `${first_name}.${last_name}@example.com`.toLowerCase();
    return this.store.customers.add({ id, email, first_name, last_name, external_customer_id: `77${id}` });
  }

  address(id: number, customer: CustomerRecord, more: Partial<AddressRecord> = {}): AddressRecord {
    return this.store.addresses.add({
      id,
      customer_id: customer.id,
      presentment_currency: 'USD',
      discounts: [],
      tax_percent: 0,
      shipping: 490,
      ...more,
    });
  }

  /** Adds a variant that is the only one of its product. */
  variant(id: string, title: string, dollars: number, more: Partial<VariantRecord> = {}): VariantRecord {
    return this.store.variants.add({
      external_variant_id: id,
      external_product_id: id.replace('3999', '8888'),
      product_title: title,
      title: 'Default Title',
      handle: `${title.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-')}-${id.slice(-4)}`,
      sku: `SKU-${id.slice(-3)}`,
      image: `https://cdn.example.com/${id}.jpg`,
      prices: [
        { currency: 'USD', unit_price: dollars },
        { currency: 'EUR', unit_price: Math.round(dollars * 0.9) },
        // Whole yen: hundredths are sent of them as well.
        { currency: 'JPY', unit_price: dollars * 150 },
      ],
      level: null,
      policy: 'continue',
      is_published: true,
      is_deleted: false,
      ...more,
    });
  }

  plan({ external_product_id }: VariantRecord, more: Partial<PlanRecord> = {}): PlanRecord {
    return this.store.plans.add({
      id: (this.#lastPlan += 1),
      external_product_id,
      type: 'subscription',
      title: 'Every month',
      interval_unit: 'month',
      order_interval_frequency: 1,
      charge_interval_frequency: 1,
      percent_off: PERCENT_OFF,
      deleted_at: null,
      ...more,
    });
  }

  subscription(
    id: number,
    variant: VariantRecord,
    address: AddressRecord,
    date: string,
    more: Partial<SubscriptionRecord> = {},
  ): SubscriptionRecord {
    return this.store.subscriptions.add({
      ...this.#item(id, variant, address, date),
      price: reducedBy(unitPriceOf(variant, address.presentment_currency), PERCENT_OFF),
      status: 'active',
      order_interval_unit: 'month',
      order_interval_frequency: 1,
      charge_interval_frequency: 1,
      anchor_day: null,
      cancelled_at: null,
      cancellation_reason: null,
      expire_after_specific_number_of_charges: null,
      max_retries_reached: false,
      ...more,
    });
  }

  onetime(id: number, variant: VariantRecord, address: AddressRecord, date: string, quantity = 1): OnetimeRecord {
    return this.store.onetimes.add({
      ...this.#item(id, variant, address, date),
      quantity,
      is_cancelled: false,
    });
  }

  /** Adds a charge with what was seeded for its address and date, unless lines are given. */
  charge(id: number, address: AddressRecord, date: string, more: Partial<ChargeRecord> = {}): ChargeRecord {
    const { store } = this;
    const items = [...store.subscriptionsOf(address.id), ...store.onetimesOf(address.id)].filter(
      (each) => each.next_charge_scheduled_at === date,
    );
    return store.charges.add<ChargeRecord>({
      ...blankCharge,
      id,
      address_id: address.id,
      customer_id: address.customer_id,
      scheduled_at: date,
      currency: address.presentment_currency,
      lines: items.map((item) => this.line(item)),
      shipping: [{ title: 'Standard', price: address.shipping, status: 'active' }],
      created_at: this.#since,
      updated_at: this.#since,
      ...more,
    });
  }

  line(item: SubscriptionRecord | OnetimeRecord): ChargeLine {
    const isPrepaid =
      'order_interval_frequency' in item && item.charge_interval_frequency > item.order_interval_frequency;
    return {
      purchase_item_id: item.id,
      purchase_item_type: 'is_cancelled' in item ? 'onetime' : isPrepaid ? 'prepaid' : 'subscription',
      external_variant_id: item.external_variant_id,
      quantity: item.quantity,
      unit_price: item.price,
      properties: item.properties,
      is_gift: false,
    };
  }

  #item(id: number, variant: VariantRecord, address: AddressRecord, date: string) {
    return {
      id,
      customer_id: address.customer_id,
      address_id: address.id,
      external_variant_id: variant.external_variant_id,
      quantity: 1,
      price: unitPriceOf(variant, address.presentment_currency),
      properties: [],
      next_charge_scheduled_at: date,
      created_at: this.#since,
      updated_at: this.#since,
    };
  }
}
