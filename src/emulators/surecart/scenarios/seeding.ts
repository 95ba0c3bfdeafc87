import { EmulatorClock } from '../../kit/clock.js';
import type { ScenarioStart } from '../../kit/definition.js';
import { Deferred } from '../../kit/deferred.js';
import { EventLog } from '../../kit/event-log.js';
import { StaleReads } from '../../kit/stale-reads.js';
import { WriteLog } from '../../kit/write-log.js';
import { addCheckout, type NewCheckout, pay } from '../checkouts.js';
import { nowOf, type SureCartContext } from '../context.js';
import { storeLine } from '../line-items.js';
import type { FunnelRecord, PriceRecord, ProductRecord, UpsellRecord, VariantRecord } from '../records/catalogue.js';
import type { CheckoutRecord, CustomerRecord, PaymentMethodRecord } from '../records/sales.js';
import type { SureCartStore } from '../store.js';
import type { switches } from '../switches.js';

export interface Item {
  readonly price: PriceRecord;
  readonly quantity?: number;
  readonly variant?: VariantRecord;
}

/** Fills a store the way a merchant and shoppers would. */
export class Seeding {
  readonly context: SureCartContext;
  readonly #clock = new EmulatorClock();

  constructor(
    readonly store: SureCartStore,
    { now, switches: behaviour }: ScenarioStart<typeof switches>,
  ) {
    this.#clock.set(now, { frozen: true });
    const clock = this.#clock;
    const events = new EventLog(clock);
    this.context = {
      clock,
      switches: behaviour,
      events,
      deferred: new Deferred(clock),
      staleReads: new StaleReads(clock),
      writes: new WriteLog(clock, events),
      store,
    };
  }

  /** Advances the clock: what follows happens this much later. */
  later(seconds: number): void {
    this.#clock.advance(seconds * 1000);
  }

  product(name: string, more: Partial<ProductRecord> = {}): ProductRecord {
    return this.store.tables.product.add({
      ...this.#base('product', more.id),
      name,
      image_url: null,
      archived: false,
      stock_enabled: false,
      stock: 0,
      purchase_limit: null,
      ...more,
    });
  }

  variant(product: ProductRecord, option: string, more: Partial<VariantRecord> = {}): VariantRecord {
    return this.store.tables.variant.add({
      ...this.#base('variant', more.id),
      product: product.id,
      option_1: option,
      amount: null,
      stock: 10,
      archived: false,
      ...more,
    });
  }

  price(product: ProductRecord, amount: number, more: Partial<PriceRecord> = {}): PriceRecord {
    return this.store.tables.price.add({
      ...this.#base('price', more.id),
      name: null,
      product: product.id,
      amount,
      currency: 'usd',
      scratch_amount: null,
      full_amount: amount * (more.recurring_period_count ?? 1),
      ad_hoc: false,
      ad_hoc_min_amount: null,
      ad_hoc_max_amount: null,
      archived: false,
      current_version: 1,
      recurring_interval: null,
      recurring_interval_count: more.recurring_interval ? 1 : null,
      recurring_period_count: null,
      recurring_end_behavior: 'cancel',
      trial_duration_days: null,
      setup_fee_enabled: false,
      setup_fee_amount: null,
      setup_fee_name: null,
      setup_fee_trial_enabled: false,
      renewal_price: null,
      current_swap: null,
      metadata: {},
      ...more,
    });
  }

  /** Adds a funnel shown after these were bought; none: after anything. */
  funnel(name: string, boughtProducts: readonly ProductRecord[], more: Partial<FunnelRecord> = {}): FunnelRecord {
    return this.store.tables.upsell_funnel.add({
      ...this.#base('upsell_funnel', more.id),
      name,
      enabled: true,
      archived: false,
      filter_match_type: boughtProducts.length > 0 ? 'any' : null,
      filter_price_ids: [],
      filter_product_ids: boughtProducts.map(({ id }) => id),
      priority: 3,
      metadata: {},
      discarded_at: null,
      ...more,
    });
  }

  upsell(funnel: FunnelRecord, price: PriceRecord, more: Partial<UpsellRecord> = {}): UpsellRecord {
    return this.store.tables.upsell.add({
      ...this.#base('upsell', more.id),
      amount_off: null,
      duplicate_purchase_behavior: 'allow',
      fee_description: 'Special offer',
      metadata: {},
      percent_off: null,
      replacement_behavior: 'none',
      step: 'initial',
      price: price.id,
      upsell_funnel: funnel.id,
      discarded_at: null,
      ...more,
    });
  }

  customer(email: string, more: Partial<CustomerRecord> = {}): CustomerRecord {
    const customer = this.store.tables.customer.add({
      ...this.#base('customer', more.id),
      email,
      name: null,
      live_mode: true,
      default_payment_method: null,
      ...more,
    });
    customer.default_payment_method = this.card(customer).id;
    return customer;
  }

  card(customer: CustomerRecord, more: Partial<PaymentMethodRecord> = {}): PaymentMethodRecord {
    return this.store.tables.payment_method.add({
      ...this.#base('payment_method', more.id),
      customer: customer.id,
      processor_type: 'mock',
      reusable: true,
      live_mode: customer.live_mode,
      hidden: { outcome: 'succeed' },
      ...more,
    });
  }

  checkout(customer: CustomerRecord, items: readonly Item[], more: Partial<NewCheckout> = {}): CheckoutRecord {
    const checkout = addCheckout(this.context, {
      customer: customer.id,
      email: customer.email,
      currency: items[0]?.price.currency ?? 'usd',
      liveMode: customer.live_mode,
      paymentMethod: customer.default_payment_method,
      ...more,
    });
    for (const { price, quantity = 1, variant = null } of items) {
      storeLine(this.context, checkout, { price, variant, quantity, adHocAmount: null, upsell: null });
    }
    return checkout;
  }

  paid(customer: CustomerRecord, items: readonly Item[], more: Partial<NewCheckout> = {}): CheckoutRecord {
    const checkout = this.checkout(customer, items, more);
    pay(this.context, checkout);
    return checkout;
  }

  #base<const Name extends string>(object: Name, id?: string) {
    const now = nowOf(this.context);
    return { id: id ?? this.store.identifiers.next(object), object, created_at: now, updated_at: now };
  }
}
