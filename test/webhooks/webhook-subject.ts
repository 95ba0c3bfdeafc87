import type { WebhookEvent } from '../../src/domain/webhook.js';
import type { AskedServer } from '../subjects/subject.js';

export interface SignedDelivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a provider delivers webhooks, as its emulator does. */
export interface WebhookSubject {
  /** Two secrets it could sign with. */
  readonly secrets: readonly [string, string];
  readonly toleranceSeconds: number;
  /** Key of the order that its deliveries are about, and the key under which that order is locked. */
  readonly order: { readonly key: string; readonly lockKey: string };
  deliver(id: string, secrets: readonly string[], unixSeconds: number, type?: string): SignedDelivery;
  /** Deliveries as its documentation or the provider itself shows them. */
  readonly vectors: readonly WebhookVector[];
  /** Prepares a write that its events tell of; where it is absent, they tell of an addition. */
  announced?(server: AskedServer): Promise<AnnouncedWrite>;
}

export interface WebhookVector extends SignedDelivery {
  readonly title: string;
  readonly secret: string;
  /** When it arrives. */
  readonly unixSeconds: number;
  readonly event: Partial<WebhookEvent>;
}

export interface AnnouncedWrite {
  readonly mutation: 'convertToSubscription';
  /** Without its idempotency key. */
  readonly input: object;
  /** The request whose answer is lost. */
  readonly match: object;
}
