import type { ItemChoice } from './eligibility.js';
import type { Money } from './money.js';
import type { Order } from './order.js';
import type { ProviderProblem } from './problem.js';
import type { ProductRef } from './product.js';
import { notFound, type Refusal, type RefusalOf } from './refusal.js';
import type { Frequency } from './subscription.js';

/** Input of one write at a provider: plain JSON, so that another process can resume it. */
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
  /** Null for this order only. */
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
  /** The final quantity. */
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

/** Refuses a write whose target is missing or belongs to another shopper, in the same words. */
export function targetNotFound(request: WriteRequest): RefusalOf<'NOT_FOUND'> {
  return 'orderKey' in request ? notFound(['orderId'], 'order') : notFound(['lineItemId'], 'item');
}

/**
 * Performs one kind of write at a provider, split where a process may die: another process can call each part again
 * with only the request and the stored progress. `Context` is what the provider stores with the write, as JSON.
 */
export interface Writer<Request extends WriteRequest, Context = unknown> {
  /** Reads the target. A refusal is final: nothing was sent. */
  prepare(request: Request): Promise<Preparation<Context>>;
  /** Sends exactly one write. Reports transport failures as a `SendResult`. */
  send(step: string, request: Request, progress: WriteProgress<Context>): Promise<SendResult>;
  /** Reads whether a step with a lost response took effect. */
  inspect(step: string, request: Request, progress: WriteProgress<Context>): Promise<InspectResult>;
  /**
   * Reverts finished steps that landed on another order than the requested one. Present only for providers that move
   * items silently and document the removal as idempotent.
   */
  compensate?(request: Request, progress: WriteProgress<Context>): Promise<SendResult>;
}

export type Preparation<Context = unknown> =
  | { readonly outcome: 'ready'; readonly target: WriteTarget<Context> }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

export interface WriteTarget<Context = unknown> {
  readonly order: Order;
  readonly product: ProductRef | null;
  /** Names of the steps to send, in order; usually one. */
  readonly steps: readonly string[];
  /** State that `inspect` compares with; stored before anything is sent. */
  readonly snapshot: Snapshot<Context>;
  /** Largest possible increase of the order, from the provider's prices; null when it states none. */
  readonly expectedIncrease: Money | null;
}

/** Lines of the order before the write, by key, and the provider's context for recognising the effect. */
export interface Snapshot<Context = unknown> {
  readonly lineItemKeys: readonly string[];
  readonly context: Context;
}

export interface WriteProgress<Context = unknown> {
  readonly snapshot: Snapshot<Context>;
  /** Results of finished steps, by step name. */
  readonly done: Readonly<Record<string, StepResult>>;
}

/** Keys of the records a step created or changed. */
export interface StepResult {
  /** Order the provider actually used; absent when it is the requested one. */
  readonly orderKey?: string;
  readonly lineItemKey?: string;
  readonly subscriptionKey?: string;
  /** Set when the record is gone, as a removal intends. */
  readonly removedLineItemKey?: string;
}

/** Result of sending one step. */
export type SendResult =
  | { readonly outcome: 'confirmed'; readonly attempts: number; readonly result: StepResult }
  /** Documented refusal: nothing changed, and a retry would not help. */
  | { readonly outcome: 'refused'; readonly attempts: number; readonly refusal: Refusal }
  /** Not applied (throttled, contended, never left) after the allowed retries. */
  | { readonly outcome: 'not_applied'; readonly attempts: number; readonly problem: ProviderProblem }
  /** The request left, and no response states its effect. */
  | { readonly outcome: 'unknown'; readonly attempts: number; readonly problem: ProviderProblem };

export type InspectResult =
  | { readonly state: 'applied'; readonly result: StepResult }
  /** No effect is visible; final once the account's settling time has passed. */
  | { readonly state: 'no_trace' }
  /** The provider cannot be read, or its state fits both. */
  | { readonly state: 'unclear'; readonly problem: ProviderProblem | null };
