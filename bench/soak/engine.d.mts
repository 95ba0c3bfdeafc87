export interface SoakOptions {
  /** The same seed asks, fails and kills alike. */
  readonly seed: number;
  /** PostgreSQL, or an embedded file of its own when there is no `url`. */
  readonly storage: { readonly url?: string };
  /** Whether replicas are killed and started again. */
  readonly kills: boolean;
  /** Whether a quarter of the items are asked for as subscriptions, in two steps. */
  readonly subscriptions: boolean;
}

export interface SoakCounts {
  readonly rounds: number;
  readonly requests: number;
  readonly keys: number;
  /** New at the provider. */
  readonly items: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly partial: number;
  readonly indeterminate: number;
  /** Items nobody was told of. */
  readonly duplicates: number;
  /** Keys that were told of an item that is not there, or is another key's. */
  readonly lost: number;
  /** Keys without a final answer. */
  readonly stuck: number;
  /** Keys whose requests were told different outcomes. */
  readonly contradicted: number;
  /** Answers without data. */
  readonly errors: number;
  /** Requests without an answer although nobody killed the replica. */
  readonly unanswered: number;
  /** Requests whose replica was killed. */
  readonly cutOff: number;
  readonly kills: number;
  readonly takeovers: number;
}

export interface Soak {
  readonly counts: SoakCounts;
  /** What was out of the ordinary, for whoever looks into it. */
  readonly notes: readonly string[];
  /** 200 requests at once over 20 keys and 5 orders, repeated as their answers advise; then everything is compared. */
  round(): Promise<void>;
  stop(): Promise<void>;
}

export function startSoak(options: SoakOptions): Promise<Soak>;
