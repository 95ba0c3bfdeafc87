/** The database as the queries see it. Times are milliseconds since 1970. */
export interface Tables {
  readonly operations: OperationsTable;
  readonly order_locks: OrderLocksTable;
  readonly account_facts: AccountFactsTable;
  readonly data_keys: DataKeysTable;
}

export interface OperationsTable {
  readonly id: string;
  /** Digest: actors may be called by an e-mail address. */
  readonly actor_id: string;
  /** Digest. */
  readonly idempotency_key: string;
  readonly input_hash: string;
  readonly status: string;
  /** 1 when the same key may run once more. */
  readonly may_restart: number;
  /** Grows with each saved transition. */
  readonly version: number;
  /** Until when recovery leaves it alone; null once it is settled. */
  readonly lease_until: number | null;
  readonly created_at: number;
  readonly settled_at: number | null;
  /** The whole operation as JSON, sealed: it names the shopper. */
  readonly state: string;
}

export interface OrderLocksTable {
  readonly order_key: string;
  readonly owner: string;
  readonly expires_at: number;
}

export interface AccountFactsTable {
  readonly account: string;
  readonly fact_key: string;
  readonly fact: string;
  readonly keep_until: number;
}

/** One row. */
export interface DataKeysTable {
  readonly id: number;
  /** What operations are sealed with, itself sealed with the configured key. */
  readonly wrapped: string;
}
