import type { ItemChoice } from './eligibility.js';
import type { Money } from './money.js';
import type { Order } from './order.js';
import type { ProviderProblem } from './problem.js';
import type { ProductRef } from './product.js';
import { notFound, type Refusal, type RefusalOf } from './refusal.js';
import type { Frequency } from './subscription.js';

/** What a provider must know to do one write: plain JSON, so that another process can go on with it. */
export type WriteRequest = AddItem | ConvertItem | ChangeQuantity | RemoveItem | DeclineOffer;

/** How often an item shall recur. AS_PLANNED: as the plan, price or contract has it, where that is a single answer. */
export type RequestedFrequency = Frequency | 'AS_PLANNED';

/** Null when the plan decides, or when nothing shall recur. */
export function statedFrequency(requested: RequestedFrequency | null): Frequency | null {
  return requested === 'AS_PLANNED' ? null : requested;
}

export interface AddItem {
  readonly kind: 'ADD_UPSELL_ITEM';
  readonly orderKey: string;
  readonly item: ItemChoice;
  readonly quantity: number;
  /** Null: this order only. */
  readonly subscribe: RequestedFrequency | null;
  readonly ifPresent: 'REJECT' | 'ADD';
  readonly ifTargetMoved: 'REJECT' | 'ACCEPT';
}

export interface ConvertItem {
  readonly kind: 'CONVERT_TO_SUBSCRIPTION';
  readonly lineItemKey: string;
  readonly frequency: RequestedFrequency;
  readonly offerKey: string | null;
}

export interface ChangeQuantity {
  readonly kind: 'CHANGE_UPSELL_ITEM_QUANTITY';
  readonly lineItemKey: string;
  /** The final number. */
  readonly quantity: number;
}

export interface RemoveItem {
  readonly kind: 'REMOVE_UPSELL_ITEM';
  readonly lineItemKey: string;
}

export interface DeclineOffer {
  readonly kind: 'DECLINE_UPSELL_OFFER';
  readonly orderKey: string;
  readonly offerKey: string;
}

export type WriteKind = WriteRequest['kind'];

/** Refuses a write whose target is missing, or another shopper's: the two are told apart by nothing. */
export function targetNotFound(request: WriteRequest): RefusalOf<'NOT_FOUND'> {
  return 'orderKey' in request ? notFound(['orderId'], 'order') : notFound(['lineItemId'], 'item');
}

/**
 * One kind of write at one provider, cut where a process may die: each part can be called again by another process
 * with nothing but the request and the stored progress.
 */
export interface Writer<Request extends WriteRequest> {
  /** Reads the target. A refusal is final and nothing was sent. */
  prepare(request: Request): Promise<Preparation>;
  /** Sends exactly one write. Never throws for what happens on the way to the provider: that is an `Answer`. */
  send(step: string, request: Request, progress: WriteProgress): Promise<SendResult>;
  /** Looks whether a step whose answer was lost took effect. Only reads. */
  inspect(step: string, request: Request, progress: WriteProgress): Promise<InspectResult>;
  /**
   * Takes back what the finished steps put on another order than the one asked for. Only providers that move silently,
   * and document taking back as repeat-safe, have it.
   */
  compensate?(request: Request, progress: WriteProgress): Promise<SendResult>;
}

export type Preparation =
  | { readonly outcome: 'ready'; readonly target: WriteTarget }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

export interface WriteTarget {
  readonly order: Order;
  readonly product: ProductRef | null;
  /** Names of the writes to send, in order; usually one. */
  readonly steps: readonly string[];
  /** What `inspect` will compare with; stored before anything is sent. */
  readonly snapshot: Snapshot;
  /** The most the order can grow by, from prices the provider stated; null when it states none. */
  readonly expectedIncrease: Money | null;
}

/** The lines of the order before the write, by their keys, and whatever else the provider needs to recognise its effect. */
export interface Snapshot {
  readonly lineItemKeys: readonly string[];
  readonly context: Readonly<Record<string, string>>;
}

export interface WriteProgress {
  readonly snapshot: Snapshot;
  /** What finished steps produced, by step name. */
  readonly done: Readonly<Record<string, StepResult>>;
}

/** Keys of the records a step made or changed. */
export interface StepResult {
  /** The order the provider really used; absent when it is the one asked for. */
  readonly orderKey?: string;
  readonly lineItemKey?: string;
  readonly subscriptionKey?: string;
  /** Set when the record is gone: the wanted effect of a removal. */
  readonly removedLineItemKey?: string;
}

/** How the provider answered one write. */
export type SendResult =
  | { readonly outcome: 'confirmed'; readonly attempts: number; readonly result: StepResult }
  /** A documented no: nothing changed, and sending it again will not help. */
  | { readonly outcome: 'refused'; readonly attempts: number; readonly refusal: Refusal }
  /** Documented as not applied (throttled, contended, never left), and still so after the allowed retries. */
  | { readonly outcome: 'not_applied'; readonly attempts: number; readonly problem: ProviderProblem }
  /** The request left and no answer tells what it did. */
  | { readonly outcome: 'unknown'; readonly attempts: number; readonly problem: ProviderProblem };

export type InspectResult =
  | { readonly state: 'applied'; readonly result: StepResult }
  /** No trace of it now; final once the account's settling time has passed. */
  | { readonly state: 'no_trace' }
  /** The provider cannot be read, or what it shows fits both. */
  | { readonly state: 'unclear'; readonly problem: ProviderProblem | null };
