import { Identifiers } from './identifiers.js';
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
import { RateCounters } from './rate-counters.js';
import { Table } from './table.js';

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
export type Tables = { readonly [Name in ObjectName]: Table<Records[Name]> };

function createTables(): Tables {
  return {
    customer: new Table(),
    payment_method: new Table(),
    manual_payment_method: new Table(),
    product: new Table(),
    variant: new Table(),
    price: new Table(),
    upsell_funnel: new Table(),
    upsell: new Table(),
    swap: new Table(),
    checkout: new Table(),
    line_item: new Table(),
    fee: new Table(),
    order: new Table(),
    purchase: new Table(),
    subscription: new Table(),
    period: new Table(),
    charge: new Table(),
    refund: new Table(),
    webhook_endpoint: new Table(),
  };
}

export class SureCartStore {
  readonly tables: Tables = createTables();
  readonly identifiers: Identifiers;
  readonly rates = new RateCounters();
  /** Purchasable statuses scripted for prices. */
  readonly scriptedStatuses = new Map<string, PurchasableStatus>();
  #orderNumber = 1;

  constructor(
    seed: string,
    readonly token: string,
  ) {
    this.identifiers = new Identifiers(seed);
  }

  /** Zero-padded text, as orders are numbered. */
  nextOrderNumber(): string {
    return String(this.#orderNumber++).padStart(4, '0');
  }

  linesOf(checkout: string): LineItemRecord[] {
    return this.tables.line_item.filter((line) => line.checkout === checkout);
  }

  feesOf(line: string): FeeRecord[] {
    return this.tables.fee.filter((fee) => fee.line_item === line);
  }

  /** A copy of every table. */
  toJSON(): Readonly<Record<string, readonly AnyRecord[]>> {
    return Object.fromEntries(
      Object.entries(this.tables).map(([name, table]) => [name, structuredClone<AnyRecord[]>(table.list())]),
    );
  }
}

/** The record a request or another record names; its absence is a fault of the emulator's own data. */
export function known<Row>(row: Row | undefined, what: string): Row {
  if (row === undefined) throw new TypeError(`the emulator has no such ${what}`);
  return row;
}
