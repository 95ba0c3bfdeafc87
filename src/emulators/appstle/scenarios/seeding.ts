import { utcText } from '../dates.js';
import { gid } from '../gids.js';
import { oneTimeAttribute } from '../pricing.js';
import type { AttemptRecord, ContractRecord, LineRecord, OneOffRecord, VariantRecord } from '../records.js';
import { queueAttempt, refreshNextDate } from '../schedule.js';
import { AppstleStore, type StoreStart } from '../store.js';
import { demoApiKey, otherApiKey } from './demo-credentials.js';

const DAY_MS = 86_400_000;

/** Fills a store with rows that need little to be said about them. */
export class Seeding {
  readonly store: AppstleStore;

  constructor(
    start: StoreStart,
    private readonly shop: string,
    private readonly now: Date,
    currency = 'USD',
  ) {
    this.store = new AppstleStore(start);
    this.store.shops.add({ domain: shop, apiKeys: [demoApiKey, `apst_${demoApiKey}`], currency });
    this.store.shops.add({ domain: 'other-store.myshopify.com', apiKeys: [otherApiKey], currency: 'EUR' });
  }

  daysAhead(days: number): string {
    return utcText(this.now.getTime() + days * DAY_MS);
  }

  customer(id: string, firstName: string, lastName: string): string {
    const email = `${firstName}.${lastName}@example.com`.toLowerCase();
    return this.store.customers.add({ id, shop: this.shop, email, firstName, lastName }).id;
  }

  variant(
    id: string,
    handle: string,
    productTitle: string,
    price: string,
    variantTitle = 'Default Title',
  ): VariantRecord {
    return this.store.variants.add({
      id,
      shop: this.shop,
      productId: this.store.identifiers.next('product'),
      handle,
      productTitle,
      variantTitle,
      sku: handle.toUpperCase(),
      price,
      image: `https://cdn.example.com/${handle}.jpg`,
      inStock: true,
    });
  }

  line(variant: VariantRecord, more: Partial<LineRecord> & { readonly oneTime?: boolean } = {}): LineRecord {
    const { oneTime = false, ...fields } = more;
    return {
      id: gid('SubscriptionLine', this.store.lineIds.next('line')),
      variantId: variant.id,
      quantity: 1,
      price: variant.price,
      sellingPlanId: oneTime ? null : '688123456',
      sellingPlanName: oneTime ? null : 'Every month',
      attributes: oneTime ? [oneTimeAttribute] : [],
      ...fields,
    };
  }

  contract(id: string, customerId: string, lines: LineRecord[], more: Partial<ContractRecord> = {}): ContractRecord {
    const createdAt = this.daysAhead(-60);
    return this.store.contracts.add({
      id,
      detailsId: this.store.identifiers.next('details'),
      shop: this.shop,
      customerId,
      status: 'ACTIVE',
      currency: 'USD',
      billing: { unit: 'MONTH', count: 1 },
      delivery: { unit: 'MONTH', count: 1 },
      minCycles: null,
      maxCycles: null,
      nextBillingDate: null,
      anchorDay: null,
      deliveryPrice: '5.00',
      lines,
      successfulOrders: 2,
      lastPaymentFailed: false,
      createdAt,
      updatedAt: createdAt,
      activatedOn: createdAt,
      pausedOn: null,
      cancelledOn: null,
      ...more,
    });
  }

  /** Queues attempts with these ids at these dates. */
  queue(contract: ContractRecord, attempts: Readonly<Record<string, string>>): readonly AttemptRecord[] {
    const queued = Object.entries(attempts).map(([id, date]) => {
      this.store.identifiers.reserve('attempt', id);
      return queueAttempt(this.store, contract, date);
    });
    refreshNextDate(this.store, contract);
    return queued;
  }

  oneOff(contract: ContractRecord, attemptId: string, variant: VariantRecord, id: string, quantity = 1): OneOffRecord {
    const at = this.daysAhead(-1);
    return this.store.oneOffs.add({
      id,
      shop: this.shop,
      contractId: contract.id,
      attemptId,
      variantId: variant.id,
      variantHandle: variant.handle,
      quantity,
      price: variant.price,
      createdAt: at,
      updatedAt: at,
    });
  }
}
