import type { ItemChoice } from './eligibility.js';
import type { LineItem } from './line-item.js';
import type { Listing, Lookup } from './lookup.js';
import type { Money } from './money.js';
import type { BoundPreview } from './preview.js';
import type { ShopperAction } from './shopper-action.js';
import type { Order, OrderStatus, OrderTotals } from './order.js';
import type { ProviderProblem } from './problem.js';
import type { ProductRef } from './product.js';
import { notFound, type Refusal, type RefusalOf } from './refusal.js';
import type { Frequency, Subscription, SubscriptionStatus } from './subscription.js';

/** Input of one write at a provider: plain JSON, so that another process can resume it. */
export type WriteRequest = AddItem | ConvertItem | ChangeQuantity | RemoveItem | DeclineOffer | CompleteCheckout;

/** How often an item shall recur. AS_PLANNED: as the plan, price or contract has it, where that is a single answer. */
export type RequestedFrequency = Frequency | 'AS_PLANNED';

/** Returns the requested frequency; null when the plan decides, or when nothing shall recur. */
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

export interface CompleteCheckout {
  readonly kind: 'COMPLETE_CHECKOUT';
  readonly checkoutId: string;
  /** What the payment page returned. Kept by no ledger: null in a stored request. */
  readonly paymentFields: unknown;
}

export type WriteKind = WriteRequest['kind'];

/** Refuses a write whose target is missing or belongs to another shopper, in the same words. */
export function targetNotFound(request: WriteRequest): RefusalOf<'NOT_FOUND'> {
  if ('checkoutId' in request) return notFound(['providerCheckoutId'], 'checkout');
  return 'orderKey' in request ? notFound(['orderId'], 'order') : notFound(['lineItemId'], 'item');
}

/**
 * Performs one kind of write at a provider, split where a process may die: another process can call each part again
 * with only the request and the stored progress. `Context` is what the provider stores with the write, as JSON.
 *
 * A writer reports what the provider says and what it shows. What that means is judged elsewhere, alike for all
 * providers: `operations/outcome`.
 */
export interface Writer<Request extends WriteRequest, Context = unknown> {
  /**
   * Reads the target. A refusal is final: nothing was sent. What the shopper was shown need not be computed again while
   * nothing it rests on has changed.
   */
  prepare(request: Request, shown?: BoundPreview | null): Promise<Preparation<Context>>;
  /** Sends exactly one write. Reports transport failures as a `SendResult`. */
  send(step: string, request: Request, progress: WriteProgress<Context>): Promise<SendResult>;
  /** Reads afresh whatever the steps may have changed. What cannot be read is a gap of the view. */
  look(request: Request, progress: WriteProgress<Context>): Promise<OrderView>;
  /**
   * Reads the lines of other orders that a step may have put something on, before one whose answer was lost is denied.
   * Present only where `look` does not read them.
   */
  lookElsewhere?(request: Request, progress: WriteProgress<Context>, lost: LostAnswer): Promise<Listing<LineItem>>;
  /**
   * Takes an item off the order onto which the provider moved it. Present only for providers that move items silently
   * and document the removal as idempotent.
   */
  takeBack?(request: Request, progress: WriteProgress<Context>, moved: LineItem): Promise<SendResult>;
  /** Keeps what a write that is in force means for later reads, where the provider does not state it. */
  remember?(request: Request, progress: WriteProgress<Context>): Promise<void>;
}

/** A step that was sent, and whose answer is not known. */
export interface LostAnswer {
  /** The ledger's time when the write began, before anything was sent. */
  readonly begunAt: Date;
}

export type Preparation<Context = unknown> =
  | { readonly outcome: 'ready'; readonly target: WriteTarget<Context> }
  | { readonly outcome: 'refused'; readonly refusal: Refusal; readonly order?: Order };

export interface WriteTarget<Context = unknown> {
  /** Null only for a checkout, which makes one. */
  readonly order: Order | null;
  /** Whose checkout it is, while there is no order that tells. */
  readonly checkout?: CheckoutHolder;
  readonly product: ProductRef | null;
  /** What to send, in order; usually one step. */
  readonly steps: readonly PlannedStep[];
  /** The order as it is before anything is sent. Stored whole: the outcome is judged by what differs from it. */
  readonly before: OrderView;
  /** What `send` and `look` need besides the request. */
  readonly context: Context;
  /** Largest possible increase of the order, from the provider's prices; null when it states none. */
  readonly expectedIncrease: Money | null;
}

export interface CheckoutHolder {
  /** The provider's identifier of the customer; null when the checkout names none. */
  readonly owner: string | null;
  /** Only the shopper's own session at the provider reaches it. */
  readonly isHeldBySession: boolean;
}

/** One write to send, and everything it is to bring about. */
export interface PlannedStep {
  readonly name: string;
  readonly expects: readonly Expected[];
  /** Takes something away, and so is sent only once the steps before it are seen in force. */
  readonly takesAway?: boolean;
}

/** An effect a step is to have, as data: whether it is in force is read off a view. */
export type Expected =
  /** A new line, or more of a line of the same product and mode where the provider adds up. */
  | {
      readonly kind: 'line_added';
      readonly productId: string;
      readonly quantity: number;
      readonly recurring: boolean;
      /** How often it is to recur; absent when the provider decides. */
      readonly frequency?: Frequency | null;
      /** The line's entry in `OrderView.marks`, such as its variant or offer; null when the product tells enough. */
      readonly mark: string | null;
      /**
       * The provider documents that it puts it on no other order. Only an answer that names the line proves that it did all
       * the same: what is like it there may be anybody's.
       */
      readonly stays?: true;
    }
  | { readonly kind: 'line_changed'; readonly lineItemKey: string; readonly quantity: number }
  | { readonly kind: 'line_gone'; readonly lineItemKey: string }
  /** The line itself becomes part of a subscription; a null key means the line of the step before. */
  | { readonly kind: 'line_recurs'; readonly lineItemKey: string | null; readonly frequency: Frequency | null }
  | {
      readonly kind: 'subscription_made';
      readonly productId: string;
      /** Null when the provider decides. */
      readonly quantity: number | null;
      readonly frequency: Frequency | null;
      /** The subscription's entry in `OrderView.marks`; null when the product tells enough. */
      readonly mark: string | null;
    }
  /** An entry of `OrderView.facts`. */
  | { readonly kind: 'fact'; readonly name: string; readonly value: string };

/** What reads show of an order and of whatever else a write may touch. Gaps are stated, never left out. */
export interface OrderView {
  readonly order: Lookup<Order>;
  /** All lines of the order; `problem`: some could not be read. */
  readonly lines: Listing<LineItem>;
  /** Lines of the orders onto which the provider may have moved an item instead; null when it moves none. */
  readonly elsewhere: Listing<LineItem> | null;
  /** The subscriptions among which a new one would be; null when the write makes none. */
  readonly subscriptions: Listing<Subscription> | null;
  /** The provider's own marks of lines and subscriptions, by their keys, such as the offer a line came from. */
  readonly marks: Readonly<Record<string, string>>;
  /** What a write may change besides, by name, such as whether an offer is open. A name that is missing was not read. */
  readonly facts: Readonly<Record<string, string>>;
  /** Changes whenever the provider changes the order; null when it has no such mark. */
  readonly changeMark: string | null;
}

export interface WriteProgress<Context = unknown> {
  readonly context: Context;
  /** What the order was before; null in records of earlier versions, which did not store it. */
  readonly before: OrderBefore | null;
  /** Results of finished steps, by step name. */
  readonly done: Readonly<Record<string, StepResult>>;
  /** Keys of further lines that make up what was asked for, where a provider puts units on lines of their own. */
  readonly also?: readonly string[];
}

/** The order before a write, as it is stored. */
export interface OrderBefore {
  /** False for a checkout that had no order yet. */
  readonly isThere: boolean;
  readonly status: OrderStatus;
  readonly providerStatus: string;
  readonly totals: OrderTotals | null;
  readonly changeMark: string | null;
  /** Null when they could not be read, or not by this shopper. */
  readonly lines: readonly LineBefore[] | null;
  /** Null when they could not be read, or the provider moves no items. */
  readonly elsewhere: readonly LineBefore[] | null;
  /** Keys and states of subscriptions; null when they could not be read, or the write makes none. */
  readonly subscriptions: readonly SubscriptionBefore[] | null;
  readonly facts: Readonly<Record<string, string>>;
}

export interface LineBefore {
  readonly key: string;
  readonly productId: string;
  readonly quantity: number;
  /** Null when that is not known. */
  readonly recurring: boolean | null;
  readonly unitPrice: Money | null;
  readonly total: Money | null;
}

export interface SubscriptionBefore {
  readonly key: string;
  readonly status: SubscriptionStatus;
}

/** Keys of the records a step created or changed, as far as the provider's answer names them. */
export interface StepResult {
  /** Order the provider actually used; absent when it is the requested one. */
  readonly orderKey?: string;
  readonly lineItemKey?: string;
  readonly subscriptionKey?: string;
  /** Set when the record is gone, as a removal intends. */
  readonly removedLineItemKey?: string;
}

/** What the provider said of one step. */
export type SendResult =
  | { readonly outcome: 'confirmed'; readonly attempts: number; readonly result: StepResult }
  /** A refusal: by a documented rule, unless `isDocumented` is false. */
  | {
      readonly outcome: 'refused';
      readonly attempts: number;
      readonly refusal: Refusal;
      readonly isDocumented?: boolean;
    }
  /** Documented as not applied (throttled, contended), or never left this process: `problem.notSent` says why. */
  | { readonly outcome: 'not_applied'; readonly attempts: number; readonly problem: ProviderProblem }
  /** The request may have left, and no response states its effect. */
  | { readonly outcome: 'unknown'; readonly attempts: number; readonly problem: ProviderProblem }
  /** The shopper has to go on elsewhere, such as at a bank. */
  | { readonly outcome: 'action_required'; readonly attempts: number; readonly action: ShopperAction };
