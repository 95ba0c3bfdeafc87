/** Schema of the database. Times are milliseconds since 1970. */
export interface Tables {
  readonly operations: OperationsTable;
  readonly account_facts: AccountFactsTable;
  readonly data_keys: DataKeysTable;
  readonly changes: ChangesTable;
  readonly webhook_inbox: WebhookInboxTable;
  readonly shared_states: SharedStatesTable;
}

export interface OperationsTable {
  readonly id: string;
  /** Digest, because the id of an actor may be an e-mail address. */
  readonly actor_id: string;
  /** Digest. */
  readonly idempotency_key: string;
  readonly input_hash: string;
  /** Digest of the name under which writes to an order take turns; null until it is known. */
  readonly order_name: string | null;
  /** Digest of the line the write is about. */
  readonly line_name: string | null;
  readonly status: string;
  /** 1 when a request with the same key may run again. */
  readonly may_restart: number;
  /** Incremented by each saved transition. */
  readonly version: number;
  /** End of the lease that keeps recovery away; null once settled. */
  readonly lease_until: number | null;
  readonly created_at: number;
  readonly settled_at: number | null;
  /** Name of the order that is locked for the operation while its lease runs: at most one operation has each. */
  readonly locked_order: string | null;
  /** The operation as sealed JSON, because it names the shopper. */
  readonly state: string;
}

export interface AccountFactsTable {
  readonly account: string;
  readonly fact_key: string;
  readonly fact: string;
  readonly keep_until: number;
}

/** Holds a single row. */
export interface DataKeysTable {
  readonly id: number;
  /** The data key, sealed with the configured key. */
  readonly wrapped: string;
}

export interface ChangesTable {
  /** Digest. */
  readonly topic: string;
  /** The driver of PostgreSQL returns text. */
  readonly changed_at: number | string;
}

export interface WebhookInboxTable {
  readonly account: string;
  /** Digest. */
  readonly event_id: string;
  readonly received_at: number;
}

export interface SharedStatesTable {
  readonly state_key: string;
  /** Incremented by each change. */
  readonly version: number;
  readonly state: string;
}
