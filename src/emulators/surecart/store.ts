import { Collection } from '../kit/collection.js';
import { Identifiers, uuidIdentifier } from '../kit/identifiers.js';
import { FixedWindow } from '../kit/rate-limit.js';
import type {
  FunnelRecord,
  PriceRecord,
  ProductRecord,
  SwapRecord,
  UpsellRecord,
  VariantRecord,
} from './records/catalogue.js';
import type {
  ChargeRecord,
  CheckoutRecord,
  CustomerRecord,
  FeeRecord,
  LineItemRecord,
  ManualPaymentMethodRecord,
  OrderRecord,
  PaymentMethodRecord,
  PurchasableStatus,
  PurchaseRecord,
  RefundRecord,
} from './records/sales.js';
import type { PeriodRecord, SubscriptionRecord, WebhookEndpointRecord } from './records/subscriptions.js';

interface Records {
  customer: CustomerRecord;
  payment_method: PaymentMethodRecord;
  manual_payment_method: ManualPaymentMethodRecord;
  product: ProductRecord;
  variant: VariantRecord;
  price: PriceRecord;
  upsell_funnel: FunnelRecord;
  upsell: UpsellRecord;
  swap: SwapRecord;
  checkout: CheckoutRecord;
  line_item: LineItemRecord;
  fee: FeeRecord;
  order: OrderRecord;
  purchase: PurchaseRecord;
  subscription: SubscriptionRecord;
  period: PeriodRecord;
  charge: ChargeRecord;
  refund: RefundRecord;
  webhook_endpoint: WebhookEndpointRecord;
}

export type ObjectName = keyof Records;
export type RecordOf<Name extends ObjectName> = Records[Name];
export type AnyRecord = Records[ObjectName];
export type Tables = { readonly [Name in ObjectName]: Collection<Records[Name]> };

function createTables(): Tables {
  const byId = <Row extends { readonly id: string }>(name: string) => new Collection<Row>(name, ({ id }) => id);
  return {
    customer: byId('customer'),
    payment_method: byId('payment_method'),
    manual_payment_method: byId('manual_payment_method'),
    product: byId('product'),
    variant: byId('variant'),
    price: byId('price'),
    upsell_funnel: byId('upsell_funnel'),
    upsell: byId('upsell'),
    swap: byId('swap'),
    checkout: byId('checkout'),
    line_item: byId('line_item'),
    fee: byId('fee'),
    order: byId('order'),
    purchase: byId('purchase'),
    subscription: byId('subscription'),
    period: byId('period'),
    charge: byId('charge'),
    refund: byId('refund'),
    webhook_endpoint: byId('webhook_endpoint'),
  };
}

export class SureCartStore {
  readonly tables: Tables = createTables();
  readonly identifiers: Identifiers;
  readonly requestRate = new FixedWindow(10_000);
  readonly sensitiveRate = new FixedWindow(60_000);
  requestsInFlight = 0;
  /** Real milliseconds since 1970 until which the network in front answers everything. */
  bannedUntil = 0;
  /** Purchasable statuses scripted for prices. */
  readonly scriptedStatuses = new Map<string, PurchasableStatus>();
  readonly #linesByCheckout = this.tables.line_item.index(({ checkout }) => checkout);
  readonly #feesByLine = this.tables.fee.index(({ line_item: line }) => line);
  #orderNumber = 1;

  constructor(
    seed: string,
    readonly token: string,
  ) {
    this.identifiers = new Identifiers(seed, uuidIdentifier);
  }

  /** Returns the next number as zero-padded text, as orders are numbered. */
  nextOrderNumber(): string {
    return String(this.#orderNumber++).padStart(4, '0');
  }

  linesOf(checkout: string): LineItemRecord[] {
    return this.#linesByCheckout(checkout);
  }

  feesOf(line: string): FeeRecord[] {
    return this.#feesByLine(line);
  }

  /** Returns a copy of every table. */
  toJSON(): Readonly<Record<string, readonly AnyRecord[]>> {
    return Object.fromEntries(
      Object.entries(this.tables).map(([name, table]) => [name, structuredClone<AnyRecord[]>(table.list())]),
    );
  }
}
