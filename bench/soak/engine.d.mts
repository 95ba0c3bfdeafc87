export interface SoakOptions {
  /** The same seed asks, fails and kills alike. */
  readonly seed: number;
  /** PostgreSQL, or an embedded file of its own when there is no `url`. */
  readonly storage: { readonly url?: string };
  /** Whether replicas are killed and started again. */
  readonly kills: boolean;
  /** Whether a quarter of the items are asked for as subscriptions, in two steps. */
  readonly subscriptions: boolean;
  /** Whether the other providers and kinds of write are asked for as well, `completeCheckout` with two keys for one checkout. */
  readonly everywhere?: boolean;
  /** Whether three replicas, their clocks a minute apart, stand still now and then, and so does their database. */
  readonly storm?: boolean;
  /** Whether the provider caps, moves, merges, bills between and applies late, besides losing answers. */
  readonly misbehaviours: boolean;
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
  readonly untold: number;
  readonly indeterminate: number;
  /** Items beyond the one its key was told of. */
  readonly duplicates: number;
  /** Keys that were told of an item that is not there. */
  readonly lost: number;
  /** Keys without a final answer. */
  readonly stuck: number;
  /** Keys whose requests were told different outcomes. */
  readonly contradicted: number;
  /** Different things that were said of a key: status, effect, sentences and advice together. */
  readonly statements: number;
  /** Of those, how many the provider's books disprove. */
  readonly untrue: number;
  /** Answers without data. */
  readonly errors: number;
  /** Answers that nothing was begun and the same request may be sent again, such as while the ledger is slow. */
  readonly turnedAway: number;
  /** Requests without an answer although nobody killed the replica. */
  readonly unanswered: number;
  /** Requests whose replica was killed. */
  readonly cutOff: number;
  readonly kills: number;
  readonly takeovers: number;
  readonly freezes: number;
  /** How often the database was out of order. */
  readonly outages: number;
}

export interface Soak {
  readonly counts: SoakCounts;
  /** Milliseconds from a first request to the final answer, of each key. */
  readonly answerTimes: readonly number[];
  /** The longest an order was refused because of a write that the provider had done already, in milliseconds. */
  readonly longestRefusalMs: number;
  /** What was out of the ordinary, for whoever looks into it. */
  readonly notes: readonly string[];
  /** 200 requests at once over 20 keys and 5 orders, repeated as their answers advise; then everything is compared. */
  round(): Promise<void>;
  stop(): Promise<void>;
}

export function startSoak(options: SoakOptions): Promise<Soak>;
