/** A webhook as it was delivered. */
export interface WebhookDelivery {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

export type WebhookReading =
  | { readonly outcome: 'accepted'; readonly event: WebhookEvent }
  /** `unsigned`: without a readable signature. `stale`: signed too long ago, or in the future. */
  | { readonly outcome: 'unsigned' | 'stale' | 'wrong_signature' };

/** What a webhook hints at. Never data: the records it concerns are read again. */
export interface WebhookEvent {
  /** Equal for each delivery of an event. */
  readonly id: string;
  /** Keys of orders that may have changed, as `AccountConnection.lockKey` returns them; empty when unknown. */
  readonly orderKeys: readonly string[];
}

/** Reads the webhooks of a provider. */
export interface WebhookReader {
  /** Verifies the signature over the bytes as they came, before anything else of them is read. */
  read(delivery: WebhookDelivery, secrets: readonly string[], now: Date): WebhookReading;
}

/** Remembers which events were delivered. */
export interface WebhookInbox {
  /** Records an event; false when it was recorded before. */
  record(account: string, eventId: string): Promise<boolean>;
  /** Forgets events received longer ago. */
  prune(olderThanMs: number): Promise<void>;
}
