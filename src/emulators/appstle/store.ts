import { Identifiers } from './identifiers.js';
import type {
  AttemptRecord,
  AttemptStatus,
  ChargeRecord,
  ContractRecord,
  CustomerRecord,
  EmailRecord,
  OneOffRecord,
  SellingPlanRecord,
  ShopRecord,
  VariantRecord,
} from './records.js';
import { ShownContracts } from './shown-contracts.js';
import { Table } from './table.js';
import type { WebhookTarget } from './webhooks.js';

export interface StoreStart {
  readonly seed: string;
  /** The first number given to a new record. */
  readonly firstId?: bigint;
}

export class AppstleStore {
  readonly identifiers: Identifiers;
  readonly shops = new Table<ShopRecord>(({ domain }) => domain);
  readonly customers = new Table<CustomerRecord>(({ id }) => id);
  readonly variants = new Table<VariantRecord>(({ id }) => id);
  readonly contracts = new Table<ContractRecord>(({ id }) => id);
  readonly attempts = new Table<AttemptRecord>(({ id }) => id);
  readonly oneOffs = new Table<OneOffRecord>(({ id }) => id);
  readonly plans = new Table<SellingPlanRecord>(({ id }) => id);
  readonly charges: ChargeRecord[] = [];
  readonly emails: EmailRecord[] = [];
  /** How the billing of an attempt ends, where that was scripted. */
  readonly scriptedOutcomes = new Map<string, AttemptStatus>();
  /** Tokens of the customer portal and the customer each is for. */
  readonly portalTokens = new Map<string, { readonly customerId: string; readonly expiresAt: Date }>();
  readonly shown = new ShownContracts();
  webhookTarget: WebhookTarget | null = null;

  constructor({ seed, firstId = 60_001n }: StoreStart) {
    this.identifiers = new Identifiers(seed, firstId);
  }

  contractsOf(customerId: string): ContractRecord[] {
    return this.contracts.filter((contract) => contract.customerId === customerId);
  }

  oneOffsOf(contractId: string): OneOffRecord[] {
    return this.oneOffs.filter((row) => row.contractId === contractId);
  }

  /** Everything but the credentials. */
  toJSON() {
    const { charges, emails } = this;
    return {
      shops: this.shops.list().map(({ domain, currency }) => ({ domain, currency })),
      customers: this.customers.list(),
      variants: this.variants.list(),
      contracts: this.contracts.list(),
      attempts: this.attempts.list(),
      oneOffs: this.oneOffs.list(),
      plans: this.plans.list(),
      charges,
      emails,
    };
  }
}
