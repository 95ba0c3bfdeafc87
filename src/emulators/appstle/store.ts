import { Collection } from '../kit/collection.js';
import { hexIdentifier, Identifiers, uuidIdentifier } from '../kit/identifiers.js';
import { FixedWindow } from '../kit/rate-limit.js';
import type {
  AttemptRecord,
  AttemptStatus,
  ChargeRecord,
  ContractRecord,
  CustomerRecord,
  EmailRecord,
  OneOffRecord,
  ShopRecord,
  VariantRecord,
} from './records.js';
import { ShownContracts } from './shown-contracts.js';

const SECOND_MS = 1_000;

export interface StoreStart {
  readonly seed: string;
  /** The first number given to a new record. */
  readonly firstId?: bigint;
}

export class AppstleStore {
  /** Ids of records: numbers that count up, as text. */
  readonly identifiers: Identifiers;
  readonly lineIds: Identifiers;
  readonly webhookIds: Identifiers;
  readonly shops = new Collection<ShopRecord>('shop', ({ domain }) => domain);
  readonly customers = new Collection<CustomerRecord>('customer', ({ id }) => id);
  readonly variants = new Collection<VariantRecord>('variant', ({ id }) => id);
  readonly contracts = new Collection<ContractRecord>('contract', ({ id }) => id);
  readonly attempts = new Collection<AttemptRecord>('attempt', ({ id }) => id);
  readonly oneOffs = new Collection<OneOffRecord>('one-off', ({ id }) => id);
  readonly charges: ChargeRecord[] = [];
  readonly emails: EmailRecord[] = [];
  /** How the billing of an attempt ends, where that was scripted. */
  readonly scriptedOutcomes = new Map<string, AttemptStatus>();
  readonly shown = new ShownContracts();
  readonly requestRate = new FixedWindow(SECOND_MS);

  readonly #contractsByCustomer = this.contracts.index(({ customerId }) => customerId);
  readonly #attemptsByContract = this.attempts.index(({ contractId }) => contractId);
  readonly #oneOffsByContract = this.oneOffs.index(({ contractId }) => contractId);

  constructor({ seed, firstId = 60_001n }: StoreStart) {
    this.identifiers = new Identifiers(seed, ({ ordinal }) => (firstId + BigInt(ordinal)).toString());
    this.lineIds = new Identifiers(seed, uuidIdentifier);
    this.webhookIds = new Identifiers(seed, hexIdentifier);
  }

  contractsOf(customerId: string): ContractRecord[] {
    return this.#contractsByCustomer(customerId);
  }

  attemptsOf(contractId: string): AttemptRecord[] {
    return this.#attemptsByContract(contractId);
  }

  oneOffsOf(contractId: string): OneOffRecord[] {
    return this.#oneOffsByContract(contractId);
  }

  /** Returns everything but the credentials. */
  toJSON() {
    const { charges, emails } = this;
    return {
      shops: this.shops.list().map(({ domain, currency }) => ({ domain, currency })),
      customers: this.customers.list(),
      variants: this.variants.list(),
      contracts: this.contracts.list(),
      attempts: this.attempts.list(),
      oneOffs: this.oneOffs.list(),
      charges,
      emails,
    };
  }
}
