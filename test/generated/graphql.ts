/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** One more thing for an order that exists. */
export type AddUpsellItemInput = {
  /** Milliseconds, 500 to 20000: a write that is not settled by then is answered as PENDING, without records, and goes on; follow it with `operationUpdated`. By default the answer comes with the outcome. */
  answerWithin?: number | null | undefined;
  /** Conditions under which it is refused. */
  guards?: WriteGuardsInput | null | undefined;
  /** Made once per shopper decision, kept across retries and page loads; 16 to 128 characters. */
  idempotencyKey: string;
  /** What to do if the order has the product already. */
  ifPresent?: IfPresent;
  /** What to add. */
  item: UpsellItemInput;
  /** The order to add to. */
  orderId: string;
  /** 1 to 999. */
  quantity?: number;
  /** How often to deliver it from now on; leave out for this order only. */
  subscribe?: SubscribeInput | null | undefined;
};

/** Another quantity of an added item. */
export type ChangeUpsellItemQuantityInput = {
  /** Milliseconds, 500 to 20000: a write that is not settled by then is answered as PENDING, without records, and goes on; follow it with `operationUpdated`. By default the answer comes with the outcome. */
  answerWithin?: number | null | undefined;
  /** Conditions under which it is refused. */
  guards?: WriteGuardsInput | null | undefined;
  /** Made once per shopper decision, kept across retries and page loads; 16 to 128 characters. */
  idempotencyKey: string;
  /** The line to change. */
  lineItemId: string;
  /** The final number, 1 to 999. */
  quantity: number;
};

/** What the provider did otherwise. */
export type ChangedField =
  /** How often it recurs. */
  | 'FREQUENCY'
  /** By how much the order grew. */
  | 'INCREASE'
  /** How many lines were added. */
  | 'LINES'
  /** The order it is on. */
  | 'ORDER'
  /** A line that was there before, or that nobody asked for. */
  | 'OTHER_LINES'
  /** The payment of the order. */
  | 'PAYMENT'
  /** The product. */
  | 'PRODUCT'
  /** The quantity. */
  | 'QUANTITY'
  /** The state of the order. */
  | 'STATUS'
  /** The state of the subscription. */
  | 'SUBSCRIPTION'
  /** Something this version of the graph has no name for. */
  | 'UNKNOWN';

/** When the shopper pays for the extra item. Treat a value you do not know like UNKNOWN. */
export type ChargeTiming =
  /** An authorisation is raised now and captured later. */
  | 'AUTHORISED_NOW'
  /** With the write. */
  | 'IMMEDIATELY'
  /** The provider does not say. */
  | 'UNKNOWN'
  /** When the order is placed or billed. */
  | 'WITH_UPCOMING_ORDER';

/** Confirms the payment of a checkout. Use it instead of the call of the provider, so that items can be added afterwards. */
export type CompleteCheckoutInput = {
  /** Key of the provider account. */
  accountKey: string;
  /** Milliseconds, 500 to 20000: a write that is not settled by then is answered as PENDING, without records, and goes on; follow it with `operationUpdated`. By default the answer comes with the outcome. */
  answerWithin?: number | null | undefined;
  /** Made once per payment attempt of the shopper, kept across retries; 16 to 128 characters. */
  idempotencyKey: string;
  /** The fields the payment page handed back, unchanged. They are not stored. */
  paymentFields: unknown;
  /** The provider's checkout or selection. */
  providerCheckoutId: string;
};

/** A one-time line that shall recur. */
export type ConvertToSubscriptionInput = {
  /** Milliseconds, 500 to 20000: a write that is not settled by then is answered as PENDING, without records, and goes on; follow it with `operationUpdated`. By default the answer comes with the outcome. */
  answerWithin?: number | null | undefined;
  /** Conditions under which it is refused. */
  guards?: WriteGuardsInput | null | undefined;
  /** Made once per shopper decision, kept across retries and page loads; 16 to 128 characters. */
  idempotencyKey: string;
  /** A one-time line. */
  lineItemId: string;
  /** The offer to convert under; null leaves it to the provider. */
  offerId?: string | null | undefined;
  /** How it shall recur; as the plan has it when left out. */
  subscribe?: SubscribeInput;
};

/** An offer the shopper does not want. */
export type DeclineUpsellOfferInput = {
  /** Milliseconds, 500 to 20000: a write that is not settled by then is answered as PENDING, without records, and goes on; follow it with `operationUpdated`. By default the answer comes with the outcome. */
  answerWithin?: number | null | undefined;
  /** Made once per shopper decision, kept across retries and page loads; 16 to 128 characters. */
  idempotencyKey: string;
  /** The offer. */
  offerId: string;
  /** The order the offer is for. */
  orderId: string;
};

/** Why something cannot, or may not, be done. */
export type EligibilityReasonCode =
  /** The product is on the order already. */
  | 'ALREADY_ON_ORDER'
  /** It recurs already, or was converted before. */
  | 'ALREADY_SUBSCRIBED'
  /** The offer was taken before. */
  | 'ALREADY_TAKEN'
  /** The provider cannot do this. */
  | 'CAPABILITY_MISSING'
  /** The provider has locked the line. */
  | 'LOCKED_LINE'
  /** The product is not part of an offer for this order. */
  | 'NOT_OFFERED'
  /** It cannot be bought just once. */
  | 'NOT_ONE_TIME'
  /** This shopper may not do this. */
  | 'NOT_PERMITTED'
  /** No offer is open. */
  | 'NO_OFFER'
  /** There is no subscription this can be added to. */
  | 'NO_SUBSCRIPTION'
  /** The product cannot recur. */
  | 'NO_SUBSCRIPTION_PLAN'
  /** There is no order to add to. */
  | 'NO_UPCOMING_ORDER'
  /** The provider has locked the order. */
  | 'ORDER_LOCKED'
  /** The order is not in a state that takes items. */
  | 'ORDER_NOT_OPEN'
  /** The order is being placed or billed. */
  | 'ORDER_PROCESSING'
  /** Not enough in stock. */
  | 'OUT_OF_STOCK'
  /** The payment method of the order takes no extra items. */
  | 'PAYMENT_METHOD_NOT_SUPPORTED'
  /** There is no payment method that can be charged for it. */
  | 'PAYMENT_METHOD_NOT_USABLE'
  /** More than one price or plan fits. */
  | 'PRICE_AMBIGUOUS'
  /** The price has changed. */
  | 'PRICE_CHANGED'
  /** The price is no longer offered. */
  | 'PRICE_GONE'
  /** The product is not meant for upsells. */
  | 'PRODUCT_NOT_ELIGIBLE'
  /** The product is unknown or no longer sold. */
  | 'PRODUCT_UNAVAILABLE'
  /** The provider could not be asked. */
  | 'PROVIDER_UNAVAILABLE'
  /** More units than one shopper may buy. */
  | 'PURCHASE_LIMIT'
  /** The provider does not take this quantity. */
  | 'QUANTITY_NOT_SUPPORTED'
  /** A credit or risk check follows at payment. */
  | 'RISK_CHECK_NEEDED'
  /** The subscription behind the order is frozen. */
  | 'SUBSCRIPTION_FROZEN'
  /** The subscription behind the order is not active. */
  | 'SUBSCRIPTION_NOT_ACTIVE'
  /** The subscription behind the order is prepaid. */
  | 'SUBSCRIPTION_PREPAID'
  /** The provider does not say. */
  | 'UNKNOWN'
  /** The variant has changed. */
  | 'VARIANT_CHANGED'
  /** The variant is no longer sold. */
  | 'VARIANT_GONE'
  /** A variant has to be chosen. */
  | 'VARIANT_REQUIRED'
  /** The period for adding items is over. */
  | 'WINDOW_CLOSED'
  /** The period for adding items ends any moment. */
  | 'WINDOW_CLOSING';

/** Whether something can be done. Treat a value you do not know like UNKNOWN. */
export type EligibilityVerdict =
  /** Possible, but a later condition may refuse it (a credit check at payment). */
  | 'CONDITIONAL'
  /** It can be done. */
  | 'ELIGIBLE'
  /** It cannot be done. */
  | 'INELIGIBLE'
  /** Cannot be known without trying; never show as yes. */
  | 'UNKNOWN';

/** An interval: every 2, unit MONTH. */
export type FrequencyInput = {
  /** 1 to 365. */
  every: number;
  /** What is counted. */
  unit: FrequencyUnit;
};

/** Unit of a frequency. */
export type FrequencyUnit =
  /** Days. */
  | 'DAY'
  /** Calendar months. */
  | 'MONTH'
  /** Weeks. */
  | 'WEEK'
  /** Calendar years. */
  | 'YEAR';

/** Where an offer stands in a funnel. */
export type FunnelStep =
  /** Shown after the one before was accepted. */
  | 'AFTER_ACCEPT'
  /** Shown after the one before was declined. */
  | 'AFTER_DECLINE'
  /** Shown first. */
  | 'INITIAL'
  /** The provider says something else. */
  | 'UNKNOWN';

/** What to do when the product is on the order already. */
export type IfPresent =
  /** A second line, or more units, as the provider does it. */
  | 'ADD'
  /** DuplicateItemError when the product is already a one-time item of the order. */
  | 'REJECT';

/** What to do when the provider uses another order than the one asked for. */
export type IfTargetMoved =
  /** Accept, and report it in `differences`. */
  | 'ACCEPT'
  /** TargetMovedError; the item is taken back off if it was added. */
  | 'REJECT';

/** What is proven about the order, by reads and by documented answers; not what is likely. Treat a value you do not know like UNKNOWN. */
export type KnownEffect =
  /** It is in force. */
  | 'CHANGED'
  /** Nothing was sent to the provider. */
  | 'NOT_SENT'
  /** A part is in force; `steps` and the records of the payload say which. */
  | 'PARTLY_CHANGED'
  /** It was put back: the provider confirmed that, or a read shows the order as before. */
  | 'RESTORED'
  /** Sent or refused; the order was seen complete and unchanged afterwards. */
  | 'UNCHANGED'
  /** Not proven: the order may or may not have changed. */
  | 'UNKNOWN';

/** How a line came onto its order. */
export type LineItemOrigin =
  /** Bought with the order itself. */
  | 'ORIGINAL'
  /** Put there by a subscription. */
  | 'RECURRING'
  /** The provider does not say. */
  | 'UNKNOWN'
  /** Added to the existing order. */
  | 'UPSELL';

/** How a moment became known. */
export type MomentBasis =
  /** A length counted from an observed start (minutes since authorisation, for example). */
  | 'DERIVED_FROM_LENGTH'
  /** From a documented rule of the provider. */
  | 'DERIVED_FROM_RULE'
  /** The provider states the instant. */
  | 'STATED_INSTANT'
  /** The provider states a local date or time. */
  | 'STATED_LOCAL'
  /** The provider does not say. */
  | 'UNKNOWN';

/** An exact amount of one currency. */
export type MoneyInput = {
  /** Major units, with no more fraction digits than the currency has. */
  amount: string;
  /** Currency of the amount; amounts are never converted. */
  currency: string;
};

/** Why paying failed. */
export type PaymentFailureReason =
  /** The shopper has to confirm the payment. */
  | 'CONFIRMATION_NEEDED'
  /** The payment was declined. */
  | 'DECLINED'
  /** Raising the authorised amount was refused. */
  | 'INCREASE_REFUSED'
  /** The payment method takes no extra items. */
  | 'METHOD_NOT_SUPPORTED'
  /** The provider does not say. */
  | 'UNKNOWN';

/** What a change of a subscription will do. Treat a value you do not know like UNKNOWN. */
export type PendingChangeKind =
  /** It ends. */
  | 'CANCELLATION'
  /** It delivers nothing for a while. */
  | 'PAUSE'
  /** Something else, another quantity, or at another price. */
  | 'PLAN'
  /** The provider announces something that is not known here. */
  | 'UNKNOWN';

/** How far a preview can be trusted. */
export type PreviewFidelity =
  /** From prices the provider stated; taxes and discounts may differ. */
  | 'ESTIMATED'
  /** By the provider, with the code that also does the write. */
  | 'PROVIDER_COMPUTED'
  /** Nothing is known. */
  | 'UNAVAILABLE';

/** A commerce platform this graph speaks to. */
export type Provider =
  /** Appstle: queued billing attempts of subscription contracts. */
  | 'APPSTLE'
  /** Centra: placed orders, for minutes after payment. */
  | 'CENTRA'
  /** Ordergroove: upcoming recurring orders. */
  | 'ORDERGROOVE'
  /** Recharge: queued charges of an address. */
  | 'RECHARGE'
  /** SureCart: finished checkouts with an upsell funnel. */
  | 'SURECART';

/** Something a provider may be able to do. */
export type ProviderCapabilityKey =
  /** Add an item that recurs. */
  | 'ADD_AS_SUBSCRIPTION'
  /** Add an item to this order only. */
  | 'ADD_ONE_TIME_ITEM'
  /** Answer for many records in one call. */
  | 'BATCH_READ'
  /** Change the quantity of an added item. */
  | 'CHANGE_QUANTITY'
  /** Make a one-time line recur. */
  | 'CONVERT_TO_SUBSCRIPTION'
  /** Say why an item may not be added. */
  | 'ELIGIBILITY_REASONS'
  /** Lead through offers that follow on accepting or declining. */
  | 'OFFER_FUNNEL'
  /** Keep a finished checkout open for extra items. */
  | 'POST_PURCHASE_ORDERS'
  /** Say what an item would cost before it is added. */
  | 'PREVIEW'
  /** Take an added item off again. */
  | 'REMOVE_ITEM'
  /** The provider puts the order back when paying for the extra item fails. */
  | 'REVERT_ON_PAYMENT_FAILURE'
  /** The provider keeps the order that was asked for, or fails. */
  | 'TARGET_PINNING'
  /** Say until when items may be added. */
  | 'TIME_WINDOW'
  /** List the orders of a customer that are still to be placed. */
  | 'UPCOMING_ORDERS'
  /** Tell of changes by itself. */
  | 'WEBHOOKS';

/** How well something is supported. Treat a value you do not know like UNSUPPORTED. */
export type ProviderCapabilitySupport =
  /** Composed by this layer, with the weaker guarantee its note states. */
  | 'COMPOSED'
  /** The provider does it. */
  | 'NATIVE'
  /** The provider does it within the limits its note states. */
  | 'PARTIAL'
  /** Not possible. */
  | 'UNSUPPORTED';

/** Whether orders of an account are real. */
export type ProviderEnvironment =
  /** The local twin shipped with this project. */
  | 'EMULATOR'
  /** Real orders and real payments. */
  | 'LIVE'
  /** The provider's test or staging environment. */
  | 'TEST';

/** How a provider failed. */
export type ProviderProblemKind =
  /** It does not accept this layer's credentials. */
  | 'AUTHENTICATION'
  /** Something else is changing the same record. */
  | 'CONFLICT'
  /** An answer that does not have the documented shape. */
  | 'CONTRACT_DRIFT'
  /** It does not allow this for the shopper or the credentials. */
  | 'FORBIDDEN'
  /** It has no such record. */
  | 'NOT_FOUND'
  /** It was asked too often. */
  | 'RATE_LIMITED'
  /** It refused the request. */
  | 'REJECTED'
  /** It did not answer in time. */
  | 'TIMEOUT'
  /** It cannot be reached, or failed. */
  | 'UNAVAILABLE';

/** A product by the identifiers of the order's provider. */
export type ProviderProductInput = {
  /**
   * Needed where the provider knows products by a handle as well.
   * Appstle: the product handle, `^[a-z0-9]+(?:-[a-z0-9]+)*$`.
   */
  handle?: string | null | undefined;
  /**
   * The product's identifier at the provider.
   * Appstle: variant. Centra: display item. Ordergroove: product. Recharge: variant. SureCart: price.
   */
  providerId: string;
  /**
   * Needed where the identifier alone leaves a choice of variants.
   * Centra: an item, such as `5-3` for size 3 of display item 5. SureCart: the variant of the price's product.
   */
  providerVariantId?: string | null | undefined;
};

/** Whether something is bought once or again and again. Treat a value you do not know like UNKNOWN. */
export type PurchaseMode =
  /** In this order only. */
  | 'ONE_TIME'
  /** Recurring. */
  | 'SUBSCRIPTION'
  /** The provider does not say, or in a word that is not documented. Nothing can be asked for in this mode. */
  | 'UNKNOWN';

/** An added item to take off again. */
export type RemoveUpsellItemInput = {
  /** Milliseconds, 500 to 20000: a write that is not settled by then is answered as PENDING, without records, and goes on; follow it with `operationUpdated`. By default the answer comes with the outcome. */
  answerWithin?: number | null | undefined;
  /** Made once per shopper decision, kept across retries and page loads; 16 to 128 characters. */
  idempotencyKey: string;
  /** The line to take off. */
  lineItemId: string;
};

/** What to do next. Treat a value you do not know like CHECK_OPERATION. */
export type RetryAdvice =
  /** Ask `operation` first; the outcome is unknown. */
  | 'CHECK_OPERATION'
  /** Asking again cannot help. */
  | 'NEVER'
  /** Send a changed request with a new key. */
  | 'NEW_REQUEST'
  /** Send the same request with the same key. */
  | 'SAME_KEY';

/** How an account answered a list. Treat a value you do not know like FAILED. */
export type SourceState =
  /** It could not be read; its items come on a later page, once it can be. */
  | 'FAILED'
  /** The provider has no such notion, or the customer is not known there. */
  | 'NOT_APPLICABLE'
  /** It answered whole. */
  | 'OK'
  /** Some items could not be read. */
  | 'PARTIAL'
  /** Not asked, to spare it: it fails, or was asked too often; its items come on a later page. */
  | 'SKIPPED';

/** How an item shall recur; empty: as its plan, price or contract has it. */
export type SubscribeInput = {
  /** How often; null leaves it to the plan, which is refused where there is none or more than one. */
  frequency?: FrequencyInput | null | undefined;
};

/** Where a subscription stands. */
export type SubscriptionStatus =
  /** Delivers. */
  | 'ACTIVE'
  /** Ended. */
  | 'CANCELLED'
  /** Ran out. */
  | 'EXPIRED'
  /** A payment failed and is tried again. */
  | 'PAST_DUE'
  /** Delivers nothing for now. */
  | 'PAUSED'
  /** Created, first payment not settled. */
  | 'PENDING'
  /** In a trial; not paid yet. */
  | 'TRIALING'
  /** See `providerStatus`. */
  | 'UNKNOWN';

/** Whether an item may be added to an order. */
export type UpsellEligibilityInput = {
  /** Null: the order as a whole. */
  item?: UpsellItemInput | null | undefined;
  /** The order. */
  orderId: string;
  /** Once or recurring. */
  purchaseMode?: PurchaseMode;
  /** How many, 1 to 999. */
  quantity?: number;
};

/** Stable name of a refusal. */
export type UpsellErrorCode =
  /** The provider cannot do this. */
  | 'CAPABILITY_MISSING'
  /** The product is on the order already. */
  | 'DUPLICATE_ITEM'
  /** The key was used for something else, or still runs. */
  | 'IDEMPOTENCY_CONFLICT'
  /** The provider would refuse it. */
  | 'NOT_ELIGIBLE'
  /** There is no such record for this actor. */
  | 'NOT_FOUND'
  /** The token does not allow this. */
  | 'NOT_PERMITTED'
  /** It is not known whether it happened. */
  | 'OUTCOME_UNKNOWN'
  /** Paying for it failed. */
  | 'PAYMENT'
  /** It would cost more than agreed to. */
  | 'PRICE_GUARD'
  /** The provider failed before anything changed. */
  | 'PROVIDER'
  /** The provider used another order. */
  | 'TARGET_MOVED'
  /** The input breaks a rule. */
  | 'VALIDATION';

/** Exactly one field. */
export type UpsellItemInput =
  {   /** An offer of the order (it names its product). */
  offerId: string; productId?: never; providerProduct?: never; }
  |  { offerId?: never;   /** A product by global ID. */
  productId: string; providerProduct?: never; }
  |  { offerId?: never; productId?: never;   /** A product by the identifiers of the order's provider. */
  providerProduct: ProviderProductInput; };

/** What a write does. */
export type UpsellOperationKind =
  /** `addUpsellItem`. */
  | 'ADD_UPSELL_ITEM'
  /** `changeUpsellItemQuantity`. */
  | 'CHANGE_UPSELL_ITEM_QUANTITY'
  /** `completeCheckout`. */
  | 'COMPLETE_CHECKOUT'
  /** `convertToSubscription`. */
  | 'CONVERT_TO_SUBSCRIPTION'
  /** `declineUpsellOffer`. */
  | 'DECLINE_UPSELL_OFFER'
  /** `removeUpsellItem`. */
  | 'REMOVE_UPSELL_ITEM';

/** What became of a write. A lost answer is INDETERMINATE, never FAILED: sending it again could charge twice. Treat a value you do not know like INDETERMINATE. */
export type UpsellOperationStatus =
  /** The shopper has to go on: see `nextAction`. */
  | 'ACTION_REQUIRED'
  /** Tried, and not in force; `effect` says what is known of the order. */
  | 'FAILED'
  /** Unknown whether it happened; reads will settle it. */
  | 'INDETERMINATE'
  /** One part worked (e.g. item added, subscription not created); see `steps`. With the effect UNKNOWN it cannot be told, now or later: see `errors`. */
  | 'PARTIAL'
  /** Still running. */
  | 'PENDING'
  /** Refused; `effect` says what is known of the order. */
  | 'REJECTED'
  /** Confirmed by the provider and seen by a read. */
  | 'SUCCEEDED';

/** Where an order stands. Treat a value you do not know like UNKNOWN. */
export type UpsellOrderStatus =
  /** Will not be placed. */
  | 'CANCELLED'
  /** Bought, and open for extra items. */
  | 'OPEN_FOR_UPSELL'
  /** Paying for it failed. */
  | 'PAYMENT_FAILED'
  /** Placed or billed. */
  | 'PLACED'
  /** Being placed or billed; no change is possible. */
  | 'PROCESSING'
  /** Will be placed or billed; can be changed. */
  | 'SCHEDULED'
  /** Left out by the shopper. */
  | 'SKIPPED'
  /** See `providerStatus`. */
  | 'UNKNOWN';

/** What adding an item to an order would change. */
export type UpsellPreviewInput = {
  /** The item. */
  item: UpsellItemInput;
  /** The order. */
  orderId: string;
  /** How many, 1 to 999. */
  quantity?: number;
  /** How often to deliver it from now on; leave out for this order only. */
  subscribe?: SubscribeInput | null | undefined;
};

/** What the shopper can do about it. */
export type UpsellRemedy =
  /** Pay in another way. */
  | 'CHANGE_PAYMENT_METHOD'
  /** Take another product. */
  | 'CHOOSE_OTHER_PRODUCT'
  /** Log in. */
  | 'LOG_IN'
  /** Buy it in an order of its own. */
  | 'PLACE_NEW_ORDER'
  /** Choose a smaller quantity. */
  | 'REDUCE_QUANTITY'
  /** Try again later. */
  | 'RETRY_LATER'
  /** Add it to the order after this one. */
  | 'USE_NEXT_ORDER';

/** What one part of a write does. */
export type UpsellStepName =
  /** Adds a one-time item. */
  | 'ADD_ITEM'
  /** Adds a recurring line. */
  | 'ADD_LINE'
  /** Adds an item that recurs, in one call. */
  | 'ADD_SUBSCRIPTION'
  /** Sets the quantity of a line. */
  | 'CHANGE_QUANTITY'
  /** Makes a subscription of a line. */
  | 'CREATE_SUBSCRIPTION'
  /** Tells the provider that an offer is not wanted. */
  | 'DECLINE_OFFER'
  /** Adds to the quantity of a line. */
  | 'RAISE_QUANTITY'
  /** Looks at the order afterwards. */
  | 'READ_BACK'
  /** Reads the order before anything is sent. */
  | 'READ_TARGET'
  /** Takes an item off. */
  | 'REMOVE_ITEM'
  /** Puts a line in the place of another. */
  | 'REPLACE_LINE'
  /** Ends the one-time purchase that a subscription replaces. */
  | 'REVOKE_PURCHASE'
  /** Takes an item back off an order nobody asked for. */
  | 'TAKE_BACK'
  /** A step this version of the graph has no name for. */
  | 'UNKNOWN';

/** What became of a step. */
export type UpsellStepOutcome =
  /** This layer put it back. */
  | 'COMPENSATED'
  /** It did what it should. */
  | 'DONE'
  /** It did not, and nothing changed. */
  | 'FAILED'
  /** The provider put it back. */
  | 'REVERTED_BY_PROVIDER'
  /** No answer tells what it did. */
  | 'UNKNOWN';

/** Whether items may be added now. Treat a value you do not know like UNKNOWN. */
export type WindowState =
  /** No item can be added any more. */
  | 'CLOSED'
  /** Open, little time left. */
  | 'CLOSING'
  /** Items may be added. */
  | 'OPEN'
  /** The provider does not say. */
  | 'UNKNOWN';

/** Under which conditions a write is refused although the provider would do it. */
export type WriteGuardsInput = {
  /** When the provider can only use another order. */
  ifTargetMoved?: IfTargetMoved;
  /** Refuse when the order would grow by more. */
  maxIncrease?: MoneyInput | null | undefined;
  /** Refuse when it is not what this preview showed. */
  previewId?: string | null | undefined;
};

export type AcceptOfferMutationVariables = Exact<{
  input: AddUpsellItemInput;
}>;


export type AcceptOfferMutation = { addUpsellItem: { replayed: boolean, effect: KnownEffect, operation: { id: string, status: UpsellOperationStatus, effect: KnownEffect, differences: Array<{ field: ChangedField, requested: string | null, applied: string | null, critical: boolean }> } | null, lineItem: { id: string, quantity: number, purchaseMode: PurchaseMode, total: { amount: string, currency: string } | null } | null, nextOffer: { id: string, title: string | null, funnelStep: FunnelStep | null, product: { id: string, title: string | null } | null } | null, order: { id: string, status: UpsellOrderStatus, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, fees: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, window: { state: WindowState, secondsLeft: number | null, asOf: string }, lineItems: { nodes: Array<{ id: string, quantity: number, origin: LineItemOrigin, purchaseMode: PurchaseMode, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null } | null, errors: Array<
      | { __typename: 'CapabilityMissingError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'DuplicateItemError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'IdempotencyConflictError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotEligibleError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice, reasons: Array<{ code: EligibilityReasonCode, message: string, remedy: UpsellRemedy | null }> }
      | { __typename: 'NotFoundError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotPermittedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'OutcomeUnknownError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PaymentError', reason: PaymentFailureReason, remedy: UpsellRemedy | null, code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PriceGuardError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ProviderError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'TargetMovedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ValidationError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
    > } };

export type OrderWithAcceptedOfferFragment = { id: string, status: UpsellOrderStatus, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, fees: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, window: { state: WindowState, secondsLeft: number | null, asOf: string }, lineItems: { nodes: Array<{ id: string, quantity: number, origin: LineItemOrigin, purchaseMode: PurchaseMode, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null };

export type AccountsAndCapabilitiesQueryVariables = Exact<{
  provider?: Provider | null | undefined;
}>;


export type AccountsAndCapabilitiesQuery = { accounts: Array<{ id: string, key: string, provider: Provider, label: string, environment: ProviderEnvironment, currency: string | null, timeZone: string | null, capabilities: Array<{ key: ProviderCapabilityKey, support: ProviderCapabilitySupport, note: string | null }> }> };

export type AddRecurringItemMutationVariables = Exact<{
  input: AddUpsellItemInput;
}>;


export type AddRecurringItemMutation = { addUpsellItem: { replayed: boolean, effect: KnownEffect, operation: { id: string, status: UpsellOperationStatus, effect: KnownEffect, steps: Array<{ name: UpsellStepName, outcome: UpsellStepOutcome, attempts: number }> } | null, lineItem: { id: string, purchaseMode: PurchaseMode, total: { amount: string, currency: string } | null } | null, subscription: { id: string, status: SubscriptionStatus, startDate: string | null, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null, lines: Array<{ quantity: number, product: { id: string, providerId: string } }> } | null, order: { id: string, status: UpsellOrderStatus, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, fees: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, window: { state: WindowState, secondsLeft: number | null, asOf: string }, lineItems: { nodes: Array<{ id: string, quantity: number, origin: LineItemOrigin, purchaseMode: PurchaseMode, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null } | null, errors: Array<
      | { __typename: 'CapabilityMissingError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'DuplicateItemError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'IdempotencyConflictError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotEligibleError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice, reasons: Array<{ code: EligibilityReasonCode, message: string, remedy: UpsellRemedy | null }> }
      | { __typename: 'NotFoundError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotPermittedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'OutcomeUnknownError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PaymentError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PriceGuardError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ProviderError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'TargetMovedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ValidationError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
    > } };

export type OrderWithRecurringItemFragment = { id: string, status: UpsellOrderStatus, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, fees: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, window: { state: WindowState, secondsLeft: number | null, asOf: string }, lineItems: { nodes: Array<{ id: string, quantity: number, origin: LineItemOrigin, purchaseMode: PurchaseMode, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null };

export type AddToNextDeliveryMutationVariables = Exact<{
  input: AddUpsellItemInput;
}>;


export type AddToNextDeliveryMutation = { addUpsellItem: { replayed: boolean, effect: KnownEffect, operation: { id: string, status: UpsellOperationStatus, effect: KnownEffect, differences: Array<{ field: ChangedField, requested: string | null, applied: string | null, critical: boolean }> } | null, lineItem: { id: string, quantity: number, product: { id: string, providerId: string, title: string | null } } | null, order: { id: string, status: UpsellOrderStatus, scheduled: { date: string | null }, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, fees: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, window: { state: WindowState, secondsLeft: number | null, asOf: string }, lineItems: { nodes: Array<{ id: string, quantity: number, origin: LineItemOrigin, purchaseMode: PurchaseMode, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null } | null, errors: Array<
      | { __typename: 'CapabilityMissingError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'DuplicateItemError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice, existing: { id: string, quantity: number } }
      | { __typename: 'IdempotencyConflictError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotEligibleError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice, reasons: Array<{ code: EligibilityReasonCode, message: string, remedy: UpsellRemedy | null }> }
      | { __typename: 'NotFoundError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotPermittedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'OutcomeUnknownError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PaymentError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PriceGuardError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ProviderError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'TargetMovedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ValidationError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
    > } };

export type DeliveryWithNewItemFragment = { id: string, status: UpsellOrderStatus, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, fees: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, window: { state: WindowState, secondsLeft: number | null, asOf: string }, lineItems: { nodes: Array<{ id: string, quantity: number, origin: LineItemOrigin, purchaseMode: PurchaseMode, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null };

export type AddUpsellItemMutationVariables = Exact<{
  input: AddUpsellItemInput;
}>;


export type AddUpsellItemMutation = { addUpsellItem: { replayed: boolean, effect: KnownEffect, operation: { id: string, status: UpsellOperationStatus, effect: KnownEffect, differences: Array<{ field: ChangedField, requested: string | null, applied: string | null, critical: boolean }> } | null, lineItem: { id: string, quantity: number, purchaseMode: PurchaseMode, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, product: { id: string, providerId: string, title: string | null } } | null, order: { id: string, status: UpsellOrderStatus, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, fees: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, window: { state: WindowState, secondsLeft: number | null, asOf: string }, lineItems: { nodes: Array<{ id: string, title: string | null, variantTitle: string | null, imageUrl: string | null, quantity: number, origin: LineItemOrigin, purchaseMode: PurchaseMode, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null } | null, errors: Array<
      | { __typename: 'CapabilityMissingError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'DuplicateItemError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice, existing: { id: string, quantity: number } }
      | { __typename: 'IdempotencyConflictError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotEligibleError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice, reasons: Array<{ code: EligibilityReasonCode, message: string, remedy: UpsellRemedy | null }> }
      | { __typename: 'NotFoundError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotPermittedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'OutcomeUnknownError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PaymentError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PriceGuardError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ProviderError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'TargetMovedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ValidationError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
    > } };

export type OrderWithNewItemFragment = { id: string, status: UpsellOrderStatus, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, fees: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, window: { state: WindowState, secondsLeft: number | null, asOf: string }, lineItems: { nodes: Array<{ id: string, title: string | null, variantTitle: string | null, imageUrl: string | null, quantity: number, origin: LineItemOrigin, purchaseMode: PurchaseMode, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null };

export type ChangeQuantityMutationVariables = Exact<{
  input: ChangeUpsellItemQuantityInput;
}>;


export type ChangeQuantityMutation = { changeUpsellItemQuantity: { replayed: boolean, effect: KnownEffect, operation: { id: string, status: UpsellOperationStatus, effect: KnownEffect, differences: Array<{ field: ChangedField, requested: string | null, applied: string | null, critical: boolean }> } | null, lineItem: { id: string, quantity: number, total: { amount: string, currency: string } | null } | null, order: { id: string, status: UpsellOrderStatus, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, fees: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, window: { state: WindowState, secondsLeft: number | null, asOf: string }, lineItems: { nodes: Array<{ id: string, quantity: number, origin: LineItemOrigin, purchaseMode: PurchaseMode, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null } | null, errors: Array<
      | { __typename: 'CapabilityMissingError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'DuplicateItemError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'IdempotencyConflictError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotEligibleError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice, reasons: Array<{ code: EligibilityReasonCode, message: string, remedy: UpsellRemedy | null }> }
      | { __typename: 'NotFoundError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotPermittedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'OutcomeUnknownError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PaymentError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PriceGuardError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ProviderError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'TargetMovedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ValidationError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
    > } };

export type OrderWithNewQuantityFragment = { id: string, status: UpsellOrderStatus, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, fees: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, window: { state: WindowState, secondsLeft: number | null, asOf: string }, lineItems: { nodes: Array<{ id: string, quantity: number, origin: LineItemOrigin, purchaseMode: PurchaseMode, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null };

export type CompleteCheckoutMutationVariables = Exact<{
  input: CompleteCheckoutInput;
}>;


export type CompleteCheckoutMutation = { completeCheckout: { order: { providerId: string, id: string, status: UpsellOrderStatus, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, fees: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, window: { state: WindowState, secondsLeft: number | null, asOf: string }, lineItems: { nodes: Array<{ id: string, quantity: number, origin: LineItemOrigin, purchaseMode: PurchaseMode, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null } | null, errors: Array<
      | { __typename: 'CapabilityMissingError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'DuplicateItemError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'IdempotencyConflictError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotEligibleError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotFoundError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotPermittedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'OutcomeUnknownError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PaymentError', reason: PaymentFailureReason, remedy: UpsellRemedy | null, code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PriceGuardError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ProviderError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'TargetMovedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ValidationError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
    > } };

export type FinishedOrderFragment = { id: string, status: UpsellOrderStatus, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, fees: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, window: { state: WindowState, secondsLeft: number | null, asOf: string }, lineItems: { nodes: Array<{ id: string, quantity: number, origin: LineItemOrigin, purchaseMode: PurchaseMode, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null };

export type ConvertOneTimeItemMutationVariables = Exact<{
  input: ConvertToSubscriptionInput;
}>;


export type ConvertOneTimeItemMutation = { convertToSubscription: { replayed: boolean, effect: KnownEffect, operation: { id: string, status: UpsellOperationStatus, effect: KnownEffect } | null, subscription: { id: string, providerId: string, status: SubscriptionStatus, startDate: string | null, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null, lineItem: { id: string, purchaseMode: PurchaseMode } | null, order: { id: string, status: UpsellOrderStatus, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, fees: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, window: { state: WindowState, secondsLeft: number | null, asOf: string }, lineItems: { nodes: Array<{ id: string, quantity: number, origin: LineItemOrigin, purchaseMode: PurchaseMode, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null } | null, errors: Array<
      | { __typename: 'CapabilityMissingError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'DuplicateItemError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'IdempotencyConflictError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotEligibleError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice, reasons: Array<{ code: EligibilityReasonCode, message: string, remedy: UpsellRemedy | null }> }
      | { __typename: 'NotFoundError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotPermittedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'OutcomeUnknownError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PaymentError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PriceGuardError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ProviderError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'TargetMovedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ValidationError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
    > } };

export type OrderWithConvertedItemFragment = { id: string, status: UpsellOrderStatus, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, fees: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, window: { state: WindowState, secondsLeft: number | null, asOf: string }, lineItems: { nodes: Array<{ id: string, quantity: number, origin: LineItemOrigin, purchaseMode: PurchaseMode, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null };

export type DeclineOfferMutationVariables = Exact<{
  input: DeclineUpsellOfferInput;
}>;


export type DeclineOfferMutation = { declineUpsellOffer: { replayed: boolean, effect: KnownEffect, operation: { id: string, status: UpsellOperationStatus, effect: KnownEffect } | null, nextOffer: { id: string, title: string | null, funnelStep: FunnelStep | null, product: { id: string, title: string | null } | null } | null, order: { id: string, status: UpsellOrderStatus, window: { state: WindowState, secondsLeft: number | null, asOf: string }, offers: Array<{ id: string }> | null } | null, errors: Array<
      | { __typename: 'CapabilityMissingError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'DuplicateItemError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'IdempotencyConflictError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotEligibleError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice, reasons: Array<{ code: EligibilityReasonCode, message: string, remedy: UpsellRemedy | null }> }
      | { __typename: 'NotFoundError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotPermittedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'OutcomeUnknownError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PaymentError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PriceGuardError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ProviderError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'TargetMovedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ValidationError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
    > } };

export type MayIOfferQueryVariables = Exact<{
  inputs: Array<UpsellEligibilityInput> | UpsellEligibilityInput;
}>;


export type MayIOfferQuery = { upsellEligibility: Array<{ verdict: EligibilityVerdict, purchaseMode: PurchaseMode, possibleModes: Array<PurchaseMode>, checkedAt: string, product: { id: string, title: string | null } | null, reasons: Array<{ code: EligibilityReasonCode, message: string, blocking: boolean, remedy: UpsellRemedy | null }>, window: { state: WindowState, secondsLeft: number | null, asOf: string, closesAt: { at: string | null, basis: MomentBasis } | null } } | null> | null };

export type MySubscriptionsQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type MySubscriptionsQuery = { viewer: { customer: { id: string, subscriptions: { nodes: Array<{ id: string, status: SubscriptionStatus, terms: { trialDays: number | null, minimumPayments: number | null, maximumPayments: number | null, deliveryFrequency: { every: number, unit: FrequencyUnit } | null, billingFrequency: { every: number, unit: FrequencyUnit } | null, prices: Array<{ fromPayment: number, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null }> } | null, nextDelivery: { at: string | null, date: string | null } | null, endsAt: { at: string | null, date: string | null } | null, pendingChanges: Array<{ kind: PendingChangeKind, effectiveAt: { at: string | null, date: string | null } | null }>, dunning: { reason: PaymentFailureReason, nextAttemptAt: string | null, endsAt: string | null } | null, lines: Array<{ providerId: string, quantity: number, product: { id: string, title: string | null }, unitPrice: { amount: string, currency: string } | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null } };

export type OffersOfOrderQueryVariables = Exact<{
  orderId: string;
}>;


export type OffersOfOrderQuery = { order: { id: string, status: UpsellOrderStatus, window: { state: WindowState, secondsLeft: number | null, asOf: string }, offers: Array<{ id: string, title: string | null, funnelStep: FunnelStep | null, purchaseModes: Array<PurchaseMode>, percentOff: string | null, amountOff: { amount: string, currency: string } | null, price: { amount: string, currency: string } | null, compareAtPrice: { amount: string, currency: string } | null, terms: { trialDays: number | null, minimumPayments: number | null, maximumPayments: number | null, deliveryFrequency: { every: number, unit: FrequencyUnit } | null, billingFrequency: { every: number, unit: FrequencyUnit } | null, prices: Array<{ fromPayment: number, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null }> } | null, product: { id: string, title: string | null, imageUrl: string | null } | null }> | null } | null };

export type OperationByKeyQueryVariables = Exact<{
  idempotencyKey: string;
}>;


export type OperationByKeyQuery = { operationByKey: { id: string, kind: UpsellOperationKind, status: UpsellOperationStatus, effect: KnownEffect, createdAt: string, settledAt: string | null, lineItem: { id: string, quantity: number, purchaseMode: PurchaseMode } | null, order: { id: string, totals: { total: { amount: string, currency: string } | null } | null } | null, differences: Array<{ field: ChangedField, requested: string | null, applied: string | null, critical: boolean }>, steps: Array<{ name: UpsellStepName, outcome: UpsellStepOutcome, attempts: number, durationMs: number | null }>, errors: Array<
      | { code: UpsellErrorCode, message: string, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, message: string, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, message: string, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, message: string, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, message: string, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, message: string, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, message: string, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, message: string, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, message: string, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, message: string, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, message: string, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, message: string, shopperMessage: string | null, retry: RetryAdvice }
    > } | null };

export type PreviewUpsellQueryVariables = Exact<{
  input: UpsellPreviewInput;
}>;


export type PreviewUpsellQuery = { upsellPreview: { preview: { id: string, expiresAt: string, fidelity: PreviewFidelity, quantity: number, product: { id: string, title: string | null }, lineTotal: { amount: string, currency: string } | null, lineFees: { amount: string, currency: string } | null, terms: { trialDays: number | null, minimumPayments: number | null, maximumPayments: number | null, deliveryFrequency: { every: number, unit: FrequencyUnit } | null, billingFrequency: { every: number, unit: FrequencyUnit } | null, startsAt: { at: string | null, date: string | null } | null, prices: Array<{ fromPayment: number, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null }> } | null, orderTotalAfter: { amount: string, currency: string } | null, charge: { timing: ChargeTiming, increase: { amount: string, currency: string } | null, at: { at: string | null, date: string | null } | null, payments: Array<{ timing: ChargeTiming, amount: { amount: string, currency: string } | null, at: { at: string | null, date: string | null } | null }> } } | null, errors: Array<
      | { __typename: 'CapabilityMissingError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'DuplicateItemError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'IdempotencyConflictError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotEligibleError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice, reasons: Array<{ code: EligibilityReasonCode, message: string, remedy: UpsellRemedy | null }> }
      | { __typename: 'NotFoundError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotPermittedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'OutcomeUnknownError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PaymentError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PriceGuardError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ProviderError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'TargetMovedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ValidationError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
    > } | null };

export type RemoveUpsellItemMutationVariables = Exact<{
  input: RemoveUpsellItemInput;
}>;


export type RemoveUpsellItemMutation = { removeUpsellItem: { replayed: boolean, effect: KnownEffect, removedLineItemId: string | null, operation: { id: string, status: UpsellOperationStatus, effect: KnownEffect } | null, order: { id: string, status: UpsellOrderStatus, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, fees: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, window: { state: WindowState, secondsLeft: number | null, asOf: string }, lineItems: { nodes: Array<{ id: string, quantity: number, origin: LineItemOrigin, purchaseMode: PurchaseMode, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null } | null, errors: Array<
      | { __typename: 'CapabilityMissingError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'DuplicateItemError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'IdempotencyConflictError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotEligibleError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice, reasons: Array<{ code: EligibilityReasonCode, message: string, remedy: UpsellRemedy | null }> }
      | { __typename: 'NotFoundError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'NotPermittedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'OutcomeUnknownError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PaymentError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'PriceGuardError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ProviderError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'TargetMovedError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
      | { __typename: 'ValidationError', code: UpsellErrorCode, message: string, shopperMessage: string | null, path: Array<string> | null, retry: RetryAdvice }
    > } };

export type OrderWithoutItemFragment = { id: string, status: UpsellOrderStatus, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, fees: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, window: { state: WindowState, secondsLeft: number | null, asOf: string }, lineItems: { nodes: Array<{ id: string, quantity: number, origin: LineItemOrigin, purchaseMode: PurchaseMode, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null };

export type UpcomingOrdersQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type UpcomingOrdersQuery = { upcomingOrders: { nodes: Array<{ id: string, providerId: string, displayNumber: string | null, status: UpsellOrderStatus, account: { id: string, key: string, label: string }, scheduled: { at: string | null, date: string | null, timeZone: string | null }, window: { state: WindowState, secondsLeft: number | null, asOf: string }, totals: { subtotal: { amount: string, currency: string } | null, discount: { amount: string, currency: string } | null, shipping: { amount: string, currency: string } | null, tax: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null } | null, lineItems: { nodes: Array<{ id: string, title: string | null, variantTitle: string | null, imageUrl: string | null, quantity: number, origin: LineItemOrigin, product: { id: string, providerId: string, title: string | null, imageUrl: string | null }, unitPrice: { amount: string, currency: string } | null, total: { amount: string, currency: string } | null, subscription: { id: string, status: SubscriptionStatus, terms: { deliveryFrequency: { every: number, unit: FrequencyUnit } | null } | null } | null }> } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, sources: Array<{ state: SourceState, itemCount: number, account: { id: string, key: string }, problem: { kind: ProviderProblemKind, detail: string, retryAt: string | null } | null }> } | null };

export type WatchOperationSubscriptionVariables = Exact<{
  operationId: string;
}>;


export type WatchOperationSubscription = { operationUpdated: { id: string, status: UpsellOperationStatus, effect: KnownEffect, settledAt: string | null, errors: Array<
      | { code: UpsellErrorCode, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, shopperMessage: string | null, retry: RetryAdvice }
      | { code: UpsellErrorCode, shopperMessage: string | null, retry: RetryAdvice }
    > } | null };

export type WatchOrderSubscriptionVariables = Exact<{
  orderId: string;
}>;


export type WatchOrderSubscription = { orderUpdated: { id: string, status: UpsellOrderStatus, window: { state: WindowState, secondsLeft: number | null }, totals: { total: { amount: string, currency: string } | null } | null, lineItems: { nodes: Array<{ id: string, title: string | null, quantity: number, purchaseMode: PurchaseMode }> } | null } | null };

export const OrderWithAcceptedOfferFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderWithAcceptedOffer"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<OrderWithAcceptedOfferFragment, unknown>;
export const OrderWithRecurringItemFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderWithRecurringItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<OrderWithRecurringItemFragment, unknown>;
export const DeliveryWithNewItemFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeliveryWithNewItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<DeliveryWithNewItemFragment, unknown>;
export const OrderWithNewItemFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderWithNewItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variantTitle"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<OrderWithNewItemFragment, unknown>;
export const OrderWithNewQuantityFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderWithNewQuantity"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<OrderWithNewQuantityFragment, unknown>;
export const FinishedOrderFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FinishedOrder"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<FinishedOrderFragment, unknown>;
export const OrderWithConvertedItemFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderWithConvertedItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<OrderWithConvertedItemFragment, unknown>;
export const OrderWithoutItemFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderWithoutItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<OrderWithoutItemFragment, unknown>;
export const AcceptOfferDocument = {"__meta__":{"hash":"sha256:a3dfe0a5eb2cf7fe03cae5fa3a2a29f9fa066cf0d1289e74e19771b3b9b6203e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AcceptOffer"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddUpsellItemInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addUpsellItem"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"differences"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"requested"}},{"kind":"Field","name":{"kind":"Name","value":"applied"}},{"kind":"Field","name":{"kind":"Name","value":"critical"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"nextOffer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"funnelStep"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderWithAcceptedOffer"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"shopperMessage"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retry"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEligibleError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PaymentError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderWithAcceptedOffer"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<AcceptOfferMutation, AcceptOfferMutationVariables>;
export const AccountsAndCapabilitiesDocument = {"__meta__":{"hash":"sha256:beb4f57b47e17e22840683283e87b9f104923e377bf27c748c989873a52e082b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AccountsAndCapabilities"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"provider"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Provider"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accounts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"provider"},"value":{"kind":"Variable","name":{"kind":"Name","value":"provider"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"environment"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"support"}},{"kind":"Field","name":{"kind":"Name","value":"note"}}]}}]}}]}}]} as unknown as DocumentNode<AccountsAndCapabilitiesQuery, AccountsAndCapabilitiesQueryVariables>;
export const AddRecurringItemDocument = {"__meta__":{"hash":"sha256:7ba3e05541d96907c52b6972021e2d02aa2544572205ba1c8c7d8fa81e701e60"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddRecurringItem"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddUpsellItemInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addUpsellItem"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"startDate"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderWithRecurringItem"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"shopperMessage"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retry"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEligibleError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderWithRecurringItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<AddRecurringItemMutation, AddRecurringItemMutationVariables>;
export const AddToNextDeliveryDocument = {"__meta__":{"hash":"sha256:1ea7856723d23d0ebd160c9d88f1f571c9f686d7ce6538cc90c38c71d952ef1f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddToNextDelivery"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddUpsellItemInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addUpsellItem"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"differences"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"requested"}},{"kind":"Field","name":{"kind":"Name","value":"applied"}},{"kind":"Field","name":{"kind":"Name","value":"critical"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"scheduled"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"date"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeliveryWithNewItem"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"shopperMessage"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retry"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEligibleError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DuplicateItemError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"existing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeliveryWithNewItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<AddToNextDeliveryMutation, AddToNextDeliveryMutationVariables>;
export const AddUpsellItemDocument = {"__meta__":{"hash":"sha256:6dcc32f4b6e6ce367ab5f86638d2dcaf4ed1c8c0ba3c256fa7439024396dcc79"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddUpsellItem"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddUpsellItemInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addUpsellItem"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"differences"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"requested"}},{"kind":"Field","name":{"kind":"Name","value":"applied"}},{"kind":"Field","name":{"kind":"Name","value":"critical"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderWithNewItem"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"shopperMessage"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retry"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEligibleError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DuplicateItemError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"existing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderWithNewItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variantTitle"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<AddUpsellItemMutation, AddUpsellItemMutationVariables>;
export const ChangeQuantityDocument = {"__meta__":{"hash":"sha256:3a3a121c143011829c8ab527c509ef0bcf365882699b49860c674124937dacc1"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangeQuantity"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ChangeUpsellItemQuantityInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changeUpsellItemQuantity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"differences"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"requested"}},{"kind":"Field","name":{"kind":"Name","value":"applied"}},{"kind":"Field","name":{"kind":"Name","value":"critical"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderWithNewQuantity"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"shopperMessage"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retry"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEligibleError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderWithNewQuantity"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ChangeQuantityMutation, ChangeQuantityMutationVariables>;
export const CompleteCheckoutDocument = {"__meta__":{"hash":"sha256:c5af9a584499c625db821c2a5a7d5a47671c89631a31a5fa698149b27099dc37"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CompleteCheckout"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CompleteCheckoutInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"completeCheckout"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"FinishedOrder"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"shopperMessage"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retry"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PaymentError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FinishedOrder"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<CompleteCheckoutMutation, CompleteCheckoutMutationVariables>;
export const ConvertOneTimeItemDocument = {"__meta__":{"hash":"sha256:3331504491204230f22f98e855fdc1eb89dcb16dcb810c9c6c9182942a55528c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConvertOneTimeItem"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConvertToSubscriptionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"convertToSubscription"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"startDate"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderWithConvertedItem"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"shopperMessage"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retry"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEligibleError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderWithConvertedItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ConvertOneTimeItemMutation, ConvertOneTimeItemMutationVariables>;
export const DeclineOfferDocument = {"__meta__":{"hash":"sha256:567d889103544a8df9e5e588394ac6d614d5b52dbc7bbd38a390d0404ed8a525"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeclineOffer"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeclineUpsellOfferInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"declineUpsellOffer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nextOffer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"funnelStep"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"offers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"shopperMessage"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retry"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEligibleError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<DeclineOfferMutation, DeclineOfferMutationVariables>;
export const MayIOfferDocument = {"__meta__":{"hash":"sha256:352c1542fa75915e47200928ea22887a4c68bfa9b013023b672da5cae87761b0"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MayIOffer"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"inputs"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpsellEligibilityInput"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"upsellEligibility"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"inputs"},"value":{"kind":"Variable","name":{"kind":"Name","value":"inputs"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"verdict"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"possibleModes"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"blocking"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"closesAt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"basis"}}]}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}}]}}]}}]} as unknown as DocumentNode<MayIOfferQuery, MayIOfferQueryVariables>;
export const MySubscriptionsDocument = {"__meta__":{"hash":"sha256:e78cd5cf2fa256a0bfea9fd0801870049361ddfb008b39c5cf23f6c77f93f84e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MySubscriptions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"10"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"subscriptions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}},{"kind":"Field","name":{"kind":"Name","value":"billingFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}},{"kind":"Field","name":{"kind":"Name","value":"trialDays"}},{"kind":"Field","name":{"kind":"Name","value":"prices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fromPayment"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"minimumPayments"}},{"kind":"Field","name":{"kind":"Name","value":"maximumPayments"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nextDelivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"date"}}]}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"date"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pendingChanges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"effectiveAt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"date"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"dunning"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<MySubscriptionsQuery, MySubscriptionsQueryVariables>;
export const OffersOfOrderDocument = {"__meta__":{"hash":"sha256:a9168370433f8c7128708267322de0c34fa1f6d66601438fa27312947e647ede"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OffersOfOrder"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"offers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"funnelStep"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseModes"}},{"kind":"Field","name":{"kind":"Name","value":"amountOff"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"compareAtPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}},{"kind":"Field","name":{"kind":"Name","value":"billingFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}},{"kind":"Field","name":{"kind":"Name","value":"trialDays"}},{"kind":"Field","name":{"kind":"Name","value":"prices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fromPayment"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"minimumPayments"}},{"kind":"Field","name":{"kind":"Name","value":"maximumPayments"}}]}},{"kind":"Field","name":{"kind":"Name","value":"percentOff"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}}]}}]}}]}}]} as unknown as DocumentNode<OffersOfOrderQuery, OffersOfOrderQueryVariables>;
export const OperationByKeyDocument = {"__meta__":{"hash":"sha256:0071bbc1e9a7ad92ce91f570a750e0475441fdbda983c02940c1b2e01570d955"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OperationByKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"idempotencyKey"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operationByKey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"idempotencyKey"},"value":{"kind":"Variable","name":{"kind":"Name","value":"idempotencyKey"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"settledAt"}},{"kind":"Field","name":{"kind":"Name","value":"lineItem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"differences"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"requested"}},{"kind":"Field","name":{"kind":"Name","value":"applied"}},{"kind":"Field","name":{"kind":"Name","value":"critical"}}]}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"shopperMessage"}},{"kind":"Field","name":{"kind":"Name","value":"retry"}}]}}]}}]}}]} as unknown as DocumentNode<OperationByKeyQuery, OperationByKeyQueryVariables>;
export const PreviewUpsellDocument = {"__meta__":{"hash":"sha256:4ed03c1f3ad60aac964177f7f2f79f63935dfba3f46379dbbd6525c9610f8362"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PreviewUpsell"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpsellPreviewInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"upsellPreview"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"preview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"fidelity"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"lineTotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineFees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}},{"kind":"Field","name":{"kind":"Name","value":"billingFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"date"}}]}},{"kind":"Field","name":{"kind":"Name","value":"trialDays"}},{"kind":"Field","name":{"kind":"Name","value":"prices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fromPayment"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"minimumPayments"}},{"kind":"Field","name":{"kind":"Name","value":"maximumPayments"}}]}},{"kind":"Field","name":{"kind":"Name","value":"orderTotalAfter"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"charge"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"increase"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"timing"}},{"kind":"Field","name":{"kind":"Name","value":"at"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"date"}}]}},{"kind":"Field","name":{"kind":"Name","value":"payments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"timing"}},{"kind":"Field","name":{"kind":"Name","value":"at"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"date"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"shopperMessage"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retry"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEligibleError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<PreviewUpsellQuery, PreviewUpsellQueryVariables>;
export const RemoveUpsellItemDocument = {"__meta__":{"hash":"sha256:88155151a066e6cd6a7953b005d024ba3ebadcc5aa33110467a0eb4f6aeb5082"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveUpsellItem"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveUpsellItemInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removeUpsellItem"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}}]}},{"kind":"Field","name":{"kind":"Name","value":"removedLineItemId"}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderWithoutItem"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"shopperMessage"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retry"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotEligibleError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderWithoutItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<RemoveUpsellItemMutation, RemoveUpsellItemMutationVariables>;
export const UpcomingOrdersDocument = {"__meta__":{"hash":"sha256:82dd5821b7b91a2c62f6c2bb5c91593d7eebde195b20f13a1a0fe7fc9a47096a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"UpcomingOrders"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"10"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"upcomingOrders"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"displayNumber"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"scheduled"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"date"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}}]}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"discount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variantTitle"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"providerId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscription"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"terms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveryFrequency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"every"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}}]}}]}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}}]}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"itemCount"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<UpcomingOrdersQuery, UpcomingOrdersQueryVariables>;
export const WatchOperationDocument = {"__meta__":{"hash":"sha256:6a8187bb3d4ff6cc9c99ca6fac89f281764112a7ca2c867ee9dc0342d266bc7b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"WatchOperation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"operationId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operationUpdated"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"operationId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"operationId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"settledAt"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"shopperMessage"}},{"kind":"Field","name":{"kind":"Name","value":"retry"}}]}}]}}]}}]} as unknown as DocumentNode<WatchOperationSubscription, WatchOperationSubscriptionVariables>;
export const WatchOrderDocument = {"__meta__":{"hash":"sha256:84cfc43384514d43886395a87560fdae3e96697d030253382a201b441fbb8836"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"WatchOrder"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orderUpdated"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"orderId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"window"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lineItems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseMode"}}]}}]}}]}}]}}]} as unknown as DocumentNode<WatchOrderSubscription, WatchOrderSubscriptionVariables>;