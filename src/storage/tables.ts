/** The database as the queries see it. Times are milliseconds since 1970. */
export interface Tables {
  readonly operations: OperationsTable;
  readonly order_locks: OrderLocksTable;
  readonly account_facts: AccountFactsTable;
}

export interface OperationsTable {
  readonly id: string;
  readonly actor_id: string;
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
  /** The whole operation as JSON. */
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
