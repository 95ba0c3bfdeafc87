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

/** When the shopper pays for the extra item. Treat a value you do not know like UNKNOWN. */
export type ChargeTiming =
  /** An authorisation is raised now and captured later. */
  | 'AUTHORISED_NOW'
  /** With the write. */
  | 'IMMEDIATELY'
  /** The provider does not say. */
  | 'UNKNOWN'
  /** When the order is placed or billed. */
  | 'WITH_UPCOMING_ORDER'
  | '%future added value';

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
  | 'WINDOW_CLOSING'
  | '%future added value';

/** Whether something can be done. Treat a value you do not know like UNKNOWN. */
export type EligibilityVerdict =
  /** Possible, but a later condition may refuse it (a credit check at payment). */
  | 'CONDITIONAL'
  /** It can be done. */
  | 'ELIGIBLE'
  /** It cannot be done. */
  | 'INELIGIBLE'
  /** Cannot be known without trying; never show as yes. */
  | 'UNKNOWN'
  | '%future added value';

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
  | 'YEAR'
  | '%future added value';

/** What to do when the product is on the order already. */
export type IfPresent =
  /** A second line, or more units, as the provider does it. */
  | 'ADD'
  /** DuplicateItemError when the product is already a one-time item of the order. */
  | 'REJECT'
  | '%future added value';

/** What to do when the provider uses another order than the one asked for. */
export type IfTargetMoved =
  /** Accept, and report it in `differences`. */
  | 'ACCEPT'
  /** TargetMovedError; the item is taken back off if it was added. */
  | 'REJECT'
  | '%future added value';

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
  | 'UNKNOWN'
  | '%future added value';

/** How a line came onto its order. */
export type LineItemOrigin =
  /** Bought with the order itself. */
  | 'ORIGINAL'
  /** Put there by a subscription. */
  | 'RECURRING'
  /** The provider does not say. */
  | 'UNKNOWN'
  /** Added to the existing order. */
  | 'UPSELL'
  | '%future added value';

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
  | 'UNKNOWN'
  | '%future added value';

/** How far a preview can be trusted. */
export type PreviewFidelity =
  /** From prices the provider stated; taxes and discounts may differ. */
  | 'ESTIMATED'
  /** By the provider, with the code that also does the write. */
  | 'PROVIDER_COMPUTED'
  /** Nothing is known. */
  | 'UNAVAILABLE'
  | '%future added value';

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
  | 'UNKNOWN'
  | '%future added value';

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
  | 'SAME_KEY'
  | '%future added value';

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
  | 'SKIPPED'
  | '%future added value';

/** How an item shall recur; empty: as its plan, price or contract has it. */
export type SubscribeInput = {
  /** How often; null leaves it to the plan, which is refused where there is none or more than one. */
  frequency?: FrequencyInput | null | undefined;
};

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
  | 'VALIDATION'
  | '%future added value';

/** Exactly one field. */
export type UpsellItemInput =
  | {
      /** An offer of the order (it names its product). */
      offerId: string;
      productId?: never;
      providerProduct?: never;
    }
  | { offerId?: never; /** A product by global ID. */ productId: string; providerProduct?: never }
  | {
      offerId?: never;
      productId?: never; /** A product by the identifiers of the order's provider. */
      providerProduct: ProviderProductInput;
    };

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
  | 'SUCCEEDED'
  | '%future added value';

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
  | 'UNKNOWN'
  | '%future added value';

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
  | 'USE_NEXT_ORDER'
  | '%future added value';

/** Whether items may be added now. Treat a value you do not know like UNKNOWN. */
export type WindowState =
  /** No item can be added any more. */
  | 'CLOSED'
  /** Open, little time left. */
  | 'CLOSING'
  /** Items may be added. */
  | 'OPEN'
  /** The provider does not say. */
  | 'UNKNOWN'
  | '%future added value';

/** Under which conditions a write is refused although the provider would do it. */
export type WriteGuardsInput = {
  /** When the provider can only use another order. */
  ifTargetMoved?: IfTargetMoved;
  /** Refuse when the order would grow by more. */
  maxIncrease?: MoneyInput | null | undefined;
  /** Refuse when it is not what this preview showed. */
  previewId?: string | null | undefined;
};

export type MoneyPartsFragment = { amount: string; currency: string } & { ' $fragmentName'?: 'MoneyPartsFragment' };

export type LinePartsFragment = {
  id: string;
  title: string | null;
  variantTitle: string | null;
  imageUrl: string | null;
  quantity: number;
  origin: LineItemOrigin;
  purchaseMode: PurchaseMode;
  product: { id: string; providerId: string; title: string | null; imageUrl: string | null };
  total: { ' $fragmentRefs'?: { MoneyPartsFragment: MoneyPartsFragment } } | null;
  terms: { deliveryFrequency: { every: number; unit: FrequencyUnit } | null } | null;
  removal: { verdict: EligibilityVerdict };
  conversion: { verdict: EligibilityVerdict };
} & { ' $fragmentName'?: 'LinePartsFragment' };

export type OrderCardFragment = {
  id: string;
  displayNumber: string | null;
  status: UpsellOrderStatus;
  account: { id: string; key: string; label: string };
  scheduled: { at: string | null; date: string | null; timeZone: string | null };
  window: { state: WindowState; secondsLeft: number | null; asOf: string };
  totals: {
    estimated: boolean;
    shipping: { ' $fragmentRefs'?: { MoneyPartsFragment: MoneyPartsFragment } } | null;
    discount: { ' $fragmentRefs'?: { MoneyPartsFragment: MoneyPartsFragment } } | null;
    total: { ' $fragmentRefs'?: { MoneyPartsFragment: MoneyPartsFragment } } | null;
  } | null;
  lineItems: { nodes: Array<{ ' $fragmentRefs'?: { LinePartsFragment: LinePartsFragment } }> } | null;
} & { ' $fragmentName'?: 'OrderCardFragment' };

export type OfferCardFragment = {
  id: string;
  title: string | null;
  percentOff: string | null;
  amountOff: { ' $fragmentRefs'?: { MoneyPartsFragment: MoneyPartsFragment } } | null;
  price: { ' $fragmentRefs'?: { MoneyPartsFragment: MoneyPartsFragment } } | null;
  compareAtPrice: { ' $fragmentRefs'?: { MoneyPartsFragment: MoneyPartsFragment } } | null;
  product: { id: string; title: string | null; imageUrl: string | null } | null;
  terms: {
    trialDays: number | null;
    cancellation: string | null;
    deliveryFrequency: { every: number; unit: FrequencyUnit } | null;
  } | null;
} & { ' $fragmentName'?: 'OfferCardFragment' };

type ProblemParts_CapabilityMissingError_Fragment = {
  __typename: 'CapabilityMissingError';
  code: UpsellErrorCode;
  shopperMessage: string | null;
  retry: RetryAdvice;
} & { ' $fragmentName'?: 'ProblemParts_CapabilityMissingError_Fragment' };

type ProblemParts_DuplicateItemError_Fragment = {
  __typename: 'DuplicateItemError';
  code: UpsellErrorCode;
  shopperMessage: string | null;
  retry: RetryAdvice;
} & { ' $fragmentName'?: 'ProblemParts_DuplicateItemError_Fragment' };

type ProblemParts_IdempotencyConflictError_Fragment = {
  __typename: 'IdempotencyConflictError';
  code: UpsellErrorCode;
  shopperMessage: string | null;
  retry: RetryAdvice;
} & { ' $fragmentName'?: 'ProblemParts_IdempotencyConflictError_Fragment' };

type ProblemParts_NotEligibleError_Fragment = {
  __typename: 'NotEligibleError';
  code: UpsellErrorCode;
  shopperMessage: string | null;
  retry: RetryAdvice;
  reasons: Array<{ code: EligibilityReasonCode; message: string; remedy: UpsellRemedy | null }>;
} & { ' $fragmentName'?: 'ProblemParts_NotEligibleError_Fragment' };

type ProblemParts_NotFoundError_Fragment = {
  __typename: 'NotFoundError';
  code: UpsellErrorCode;
  shopperMessage: string | null;
  retry: RetryAdvice;
} & { ' $fragmentName'?: 'ProblemParts_NotFoundError_Fragment' };

type ProblemParts_NotPermittedError_Fragment = {
  __typename: 'NotPermittedError';
  code: UpsellErrorCode;
  shopperMessage: string | null;
  retry: RetryAdvice;
} & { ' $fragmentName'?: 'ProblemParts_NotPermittedError_Fragment' };

type ProblemParts_OutcomeUnknownError_Fragment = {
  __typename: 'OutcomeUnknownError';
  code: UpsellErrorCode;
  shopperMessage: string | null;
  retry: RetryAdvice;
} & { ' $fragmentName'?: 'ProblemParts_OutcomeUnknownError_Fragment' };

type ProblemParts_PaymentError_Fragment = {
  __typename: 'PaymentError';
  reason: PaymentFailureReason;
  remedy: UpsellRemedy | null;
  code: UpsellErrorCode;
  shopperMessage: string | null;
  retry: RetryAdvice;
} & { ' $fragmentName'?: 'ProblemParts_PaymentError_Fragment' };

type ProblemParts_PriceGuardError_Fragment = {
  __typename: 'PriceGuardError';
  code: UpsellErrorCode;
  shopperMessage: string | null;
  retry: RetryAdvice;
} & { ' $fragmentName'?: 'ProblemParts_PriceGuardError_Fragment' };

type ProblemParts_ProviderError_Fragment = {
  __typename: 'ProviderError';
  code: UpsellErrorCode;
  shopperMessage: string | null;
  retry: RetryAdvice;
} & { ' $fragmentName'?: 'ProblemParts_ProviderError_Fragment' };

type ProblemParts_TargetMovedError_Fragment = {
  __typename: 'TargetMovedError';
  code: UpsellErrorCode;
  shopperMessage: string | null;
  retry: RetryAdvice;
} & { ' $fragmentName'?: 'ProblemParts_TargetMovedError_Fragment' };

type ProblemParts_ValidationError_Fragment = {
  __typename: 'ValidationError';
  code: UpsellErrorCode;
  shopperMessage: string | null;
  retry: RetryAdvice;
} & { ' $fragmentName'?: 'ProblemParts_ValidationError_Fragment' };

export type ProblemPartsFragment =
  | ProblemParts_CapabilityMissingError_Fragment
  | ProblemParts_DuplicateItemError_Fragment
  | ProblemParts_IdempotencyConflictError_Fragment
  | ProblemParts_NotEligibleError_Fragment
  | ProblemParts_NotFoundError_Fragment
  | ProblemParts_NotPermittedError_Fragment
  | ProblemParts_OutcomeUnknownError_Fragment
  | ProblemParts_PaymentError_Fragment
  | ProblemParts_PriceGuardError_Fragment
  | ProblemParts_ProviderError_Fragment
  | ProblemParts_TargetMovedError_Fragment
  | ProblemParts_ValidationError_Fragment;

export type NextDeliveriesQueryVariables = Exact<{ [key: string]: never }>;

export type NextDeliveriesQuery = {
  upcomingOrders: {
    nodes: Array<{ id: string } & { ' $fragmentRefs'?: { OrderCardFragment: OrderCardFragment } }>;
    sources: Array<{ state: SourceState; account: { id: string; label: string } }>;
  } | null;
};

export type OrderByIdQueryVariables = Exact<{
  id: string;
}>;

export type OrderByIdQuery = {
  order: ({ id: string } & { ' $fragmentRefs'?: { OrderCardFragment: OrderCardFragment } }) | null;
};

export type WatchOrderSubscriptionVariables = Exact<{
  id: string;
}>;

export type WatchOrderSubscription = {
  orderUpdated: ({ id: string } & { ' $fragmentRefs'?: { OrderCardFragment: OrderCardFragment } }) | null;
};

export type ThankYouQueryVariables = Exact<{
  accountKey: string;
  providerId: string;
}>;

export type ThankYouQuery = {
  orderByProviderId:
    | ({
        id: string;
        offers: Array<{ id: string } & { ' $fragmentRefs'?: { OfferCardFragment: OfferCardFragment } }> | null;
      } & { ' $fragmentRefs'?: { OrderCardFragment: OrderCardFragment } })
    | null;
};

export type MayIAddQueryVariables = Exact<{
  inputs: Array<UpsellEligibilityInput> | UpsellEligibilityInput;
}>;

export type MayIAddQuery = {
  upsellEligibility: Array<{
    verdict: EligibilityVerdict;
    possibleModes: Array<PurchaseMode>;
    reasons: Array<{ code: EligibilityReasonCode; message: string }>;
  } | null> | null;
};

export type PreviewAddingQueryVariables = Exact<{
  input: UpsellPreviewInput;
}>;

export type PreviewAddingQuery = {
  upsellPreview: {
    preview: {
      id: string;
      fidelity: PreviewFidelity;
      lineTotal: { ' $fragmentRefs'?: { MoneyPartsFragment: MoneyPartsFragment } } | null;
      orderTotalAfter: { ' $fragmentRefs'?: { MoneyPartsFragment: MoneyPartsFragment } } | null;
      charge: {
        timing: ChargeTiming;
        increase: { ' $fragmentRefs'?: { MoneyPartsFragment: MoneyPartsFragment } } | null;
      };
      terms: { trialDays: number | null; deliveryFrequency: { every: number; unit: FrequencyUnit } | null } | null;
    } | null;
    errors: Array<
      | {
          ' $fragmentRefs'?: {
            ProblemParts_CapabilityMissingError_Fragment: ProblemParts_CapabilityMissingError_Fragment;
          };
        }
      | { ' $fragmentRefs'?: { ProblemParts_DuplicateItemError_Fragment: ProblemParts_DuplicateItemError_Fragment } }
      | {
          ' $fragmentRefs'?: {
            ProblemParts_IdempotencyConflictError_Fragment: ProblemParts_IdempotencyConflictError_Fragment;
          };
        }
      | { ' $fragmentRefs'?: { ProblemParts_NotEligibleError_Fragment: ProblemParts_NotEligibleError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_NotFoundError_Fragment: ProblemParts_NotFoundError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_NotPermittedError_Fragment: ProblemParts_NotPermittedError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_OutcomeUnknownError_Fragment: ProblemParts_OutcomeUnknownError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_PaymentError_Fragment: ProblemParts_PaymentError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_PriceGuardError_Fragment: ProblemParts_PriceGuardError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_ProviderError_Fragment: ProblemParts_ProviderError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_TargetMovedError_Fragment: ProblemParts_TargetMovedError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_ValidationError_Fragment: ProblemParts_ValidationError_Fragment } }
    >;
  } | null;
};

export type AddMutationVariables = Exact<{
  input: AddUpsellItemInput;
}>;

export type AddMutation = {
  addUpsellItem: {
    operation: { id: string; status: UpsellOperationStatus; effect: KnownEffect } | null;
    errors: Array<
      | {
          ' $fragmentRefs'?: {
            ProblemParts_CapabilityMissingError_Fragment: ProblemParts_CapabilityMissingError_Fragment;
          };
        }
      | { ' $fragmentRefs'?: { ProblemParts_DuplicateItemError_Fragment: ProblemParts_DuplicateItemError_Fragment } }
      | {
          ' $fragmentRefs'?: {
            ProblemParts_IdempotencyConflictError_Fragment: ProblemParts_IdempotencyConflictError_Fragment;
          };
        }
      | { ' $fragmentRefs'?: { ProblemParts_NotEligibleError_Fragment: ProblemParts_NotEligibleError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_NotFoundError_Fragment: ProblemParts_NotFoundError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_NotPermittedError_Fragment: ProblemParts_NotPermittedError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_OutcomeUnknownError_Fragment: ProblemParts_OutcomeUnknownError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_PaymentError_Fragment: ProblemParts_PaymentError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_PriceGuardError_Fragment: ProblemParts_PriceGuardError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_ProviderError_Fragment: ProblemParts_ProviderError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_TargetMovedError_Fragment: ProblemParts_TargetMovedError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_ValidationError_Fragment: ProblemParts_ValidationError_Fragment } }
    >;
  };
};

export type ChangeQuantityMutationVariables = Exact<{
  input: ChangeUpsellItemQuantityInput;
}>;

export type ChangeQuantityMutation = {
  changeUpsellItemQuantity: {
    operation: { id: string; status: UpsellOperationStatus; effect: KnownEffect } | null;
    errors: Array<
      | {
          ' $fragmentRefs'?: {
            ProblemParts_CapabilityMissingError_Fragment: ProblemParts_CapabilityMissingError_Fragment;
          };
        }
      | { ' $fragmentRefs'?: { ProblemParts_DuplicateItemError_Fragment: ProblemParts_DuplicateItemError_Fragment } }
      | {
          ' $fragmentRefs'?: {
            ProblemParts_IdempotencyConflictError_Fragment: ProblemParts_IdempotencyConflictError_Fragment;
          };
        }
      | { ' $fragmentRefs'?: { ProblemParts_NotEligibleError_Fragment: ProblemParts_NotEligibleError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_NotFoundError_Fragment: ProblemParts_NotFoundError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_NotPermittedError_Fragment: ProblemParts_NotPermittedError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_OutcomeUnknownError_Fragment: ProblemParts_OutcomeUnknownError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_PaymentError_Fragment: ProblemParts_PaymentError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_PriceGuardError_Fragment: ProblemParts_PriceGuardError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_ProviderError_Fragment: ProblemParts_ProviderError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_TargetMovedError_Fragment: ProblemParts_TargetMovedError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_ValidationError_Fragment: ProblemParts_ValidationError_Fragment } }
    >;
  };
};

export type RemoveMutationVariables = Exact<{
  input: RemoveUpsellItemInput;
}>;

export type RemoveMutation = {
  removeUpsellItem: {
    operation: { id: string; status: UpsellOperationStatus; effect: KnownEffect } | null;
    errors: Array<
      | {
          ' $fragmentRefs'?: {
            ProblemParts_CapabilityMissingError_Fragment: ProblemParts_CapabilityMissingError_Fragment;
          };
        }
      | { ' $fragmentRefs'?: { ProblemParts_DuplicateItemError_Fragment: ProblemParts_DuplicateItemError_Fragment } }
      | {
          ' $fragmentRefs'?: {
            ProblemParts_IdempotencyConflictError_Fragment: ProblemParts_IdempotencyConflictError_Fragment;
          };
        }
      | { ' $fragmentRefs'?: { ProblemParts_NotEligibleError_Fragment: ProblemParts_NotEligibleError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_NotFoundError_Fragment: ProblemParts_NotFoundError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_NotPermittedError_Fragment: ProblemParts_NotPermittedError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_OutcomeUnknownError_Fragment: ProblemParts_OutcomeUnknownError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_PaymentError_Fragment: ProblemParts_PaymentError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_PriceGuardError_Fragment: ProblemParts_PriceGuardError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_ProviderError_Fragment: ProblemParts_ProviderError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_TargetMovedError_Fragment: ProblemParts_TargetMovedError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_ValidationError_Fragment: ProblemParts_ValidationError_Fragment } }
    >;
  };
};

export type ConvertMutationVariables = Exact<{
  input: ConvertToSubscriptionInput;
}>;

export type ConvertMutation = {
  convertToSubscription: {
    operation: { id: string; status: UpsellOperationStatus; effect: KnownEffect } | null;
    errors: Array<
      | {
          ' $fragmentRefs'?: {
            ProblemParts_CapabilityMissingError_Fragment: ProblemParts_CapabilityMissingError_Fragment;
          };
        }
      | { ' $fragmentRefs'?: { ProblemParts_DuplicateItemError_Fragment: ProblemParts_DuplicateItemError_Fragment } }
      | {
          ' $fragmentRefs'?: {
            ProblemParts_IdempotencyConflictError_Fragment: ProblemParts_IdempotencyConflictError_Fragment;
          };
        }
      | { ' $fragmentRefs'?: { ProblemParts_NotEligibleError_Fragment: ProblemParts_NotEligibleError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_NotFoundError_Fragment: ProblemParts_NotFoundError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_NotPermittedError_Fragment: ProblemParts_NotPermittedError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_OutcomeUnknownError_Fragment: ProblemParts_OutcomeUnknownError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_PaymentError_Fragment: ProblemParts_PaymentError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_PriceGuardError_Fragment: ProblemParts_PriceGuardError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_ProviderError_Fragment: ProblemParts_ProviderError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_TargetMovedError_Fragment: ProblemParts_TargetMovedError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_ValidationError_Fragment: ProblemParts_ValidationError_Fragment } }
    >;
  };
};

export type DeclineMutationVariables = Exact<{
  input: DeclineUpsellOfferInput;
}>;

export type DeclineMutation = {
  declineUpsellOffer: {
    operation: { id: string; status: UpsellOperationStatus; effect: KnownEffect } | null;
    errors: Array<
      | {
          ' $fragmentRefs'?: {
            ProblemParts_CapabilityMissingError_Fragment: ProblemParts_CapabilityMissingError_Fragment;
          };
        }
      | { ' $fragmentRefs'?: { ProblemParts_DuplicateItemError_Fragment: ProblemParts_DuplicateItemError_Fragment } }
      | {
          ' $fragmentRefs'?: {
            ProblemParts_IdempotencyConflictError_Fragment: ProblemParts_IdempotencyConflictError_Fragment;
          };
        }
      | { ' $fragmentRefs'?: { ProblemParts_NotEligibleError_Fragment: ProblemParts_NotEligibleError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_NotFoundError_Fragment: ProblemParts_NotFoundError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_NotPermittedError_Fragment: ProblemParts_NotPermittedError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_OutcomeUnknownError_Fragment: ProblemParts_OutcomeUnknownError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_PaymentError_Fragment: ProblemParts_PaymentError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_PriceGuardError_Fragment: ProblemParts_PriceGuardError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_ProviderError_Fragment: ProblemParts_ProviderError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_TargetMovedError_Fragment: ProblemParts_TargetMovedError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_ValidationError_Fragment: ProblemParts_ValidationError_Fragment } }
    >;
  };
};

export type OrderOfOperationQueryVariables = Exact<{
  id: string;
}>;

export type OrderOfOperationQuery = { operation: { order: { id: string; providerId: string } | null } | null };

export type CompleteCheckoutMutationVariables = Exact<{
  input: CompleteCheckoutInput;
}>;

export type CompleteCheckoutMutation = {
  completeCheckout: {
    operation: { id: string; status: UpsellOperationStatus; effect: KnownEffect } | null;
    errors: Array<
      | {
          ' $fragmentRefs'?: {
            ProblemParts_CapabilityMissingError_Fragment: ProblemParts_CapabilityMissingError_Fragment;
          };
        }
      | { ' $fragmentRefs'?: { ProblemParts_DuplicateItemError_Fragment: ProblemParts_DuplicateItemError_Fragment } }
      | {
          ' $fragmentRefs'?: {
            ProblemParts_IdempotencyConflictError_Fragment: ProblemParts_IdempotencyConflictError_Fragment;
          };
        }
      | { ' $fragmentRefs'?: { ProblemParts_NotEligibleError_Fragment: ProblemParts_NotEligibleError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_NotFoundError_Fragment: ProblemParts_NotFoundError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_NotPermittedError_Fragment: ProblemParts_NotPermittedError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_OutcomeUnknownError_Fragment: ProblemParts_OutcomeUnknownError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_PaymentError_Fragment: ProblemParts_PaymentError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_PriceGuardError_Fragment: ProblemParts_PriceGuardError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_ProviderError_Fragment: ProblemParts_ProviderError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_TargetMovedError_Fragment: ProblemParts_TargetMovedError_Fragment } }
      | { ' $fragmentRefs'?: { ProblemParts_ValidationError_Fragment: ProblemParts_ValidationError_Fragment } }
    >;
  };
};

export const MoneyPartsFragmentDoc = {
  kind: 'Document',
  definitions: [
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MoneyParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Money' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'amount' } },
          { kind: 'Field', name: { kind: 'Name', value: 'currency' } },
        ],
      },
    },
  ],
} as unknown as DocumentNode<MoneyPartsFragment, unknown>;
export const LinePartsFragmentDoc = {
  kind: 'Document',
  definitions: [
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'LineParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'LineItem' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'title' } },
          { kind: 'Field', name: { kind: 'Name', value: 'variantTitle' } },
          { kind: 'Field', name: { kind: 'Name', value: 'imageUrl' } },
          { kind: 'Field', name: { kind: 'Name', value: 'quantity' } },
          { kind: 'Field', name: { kind: 'Name', value: 'origin' } },
          { kind: 'Field', name: { kind: 'Name', value: 'purchaseMode' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'product' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'providerId' } },
                { kind: 'Field', name: { kind: 'Name', value: 'title' } },
                { kind: 'Field', name: { kind: 'Name', value: 'imageUrl' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'total' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'terms' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'deliveryFrequency' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'every' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'unit' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'removal' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'verdict' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'conversion' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'verdict' } }],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MoneyParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Money' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'amount' } },
          { kind: 'Field', name: { kind: 'Name', value: 'currency' } },
        ],
      },
    },
  ],
} as unknown as DocumentNode<LinePartsFragment, unknown>;
export const OrderCardFragmentDoc = {
  kind: 'Document',
  definitions: [
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'OrderCard' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Order' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'displayNumber' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'account' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'key' } },
                { kind: 'Field', name: { kind: 'Name', value: 'label' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'scheduled' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                { kind: 'Field', name: { kind: 'Name', value: 'date' } },
                { kind: 'Field', name: { kind: 'Name', value: 'timeZone' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'window' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                { kind: 'Field', name: { kind: 'Name', value: 'secondsLeft' } },
                { kind: 'Field', name: { kind: 'Name', value: 'asOf' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'totals' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'shipping' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'discount' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'total' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                  },
                },
                { kind: 'Field', name: { kind: 'Name', value: 'estimated' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'lineItems' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'nodes' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'LineParts' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MoneyParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Money' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'amount' } },
          { kind: 'Field', name: { kind: 'Name', value: 'currency' } },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'LineParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'LineItem' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'title' } },
          { kind: 'Field', name: { kind: 'Name', value: 'variantTitle' } },
          { kind: 'Field', name: { kind: 'Name', value: 'imageUrl' } },
          { kind: 'Field', name: { kind: 'Name', value: 'quantity' } },
          { kind: 'Field', name: { kind: 'Name', value: 'origin' } },
          { kind: 'Field', name: { kind: 'Name', value: 'purchaseMode' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'product' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'providerId' } },
                { kind: 'Field', name: { kind: 'Name', value: 'title' } },
                { kind: 'Field', name: { kind: 'Name', value: 'imageUrl' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'total' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'terms' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'deliveryFrequency' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'every' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'unit' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'removal' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'verdict' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'conversion' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'verdict' } }],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<OrderCardFragment, unknown>;
export const OfferCardFragmentDoc = {
  kind: 'Document',
  definitions: [
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'OfferCard' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'UpsellOffer' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'title' } },
          { kind: 'Field', name: { kind: 'Name', value: 'percentOff' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'amountOff' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'price' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'compareAtPrice' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'product' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'title' } },
                { kind: 'Field', name: { kind: 'Name', value: 'imageUrl' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'terms' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'deliveryFrequency' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'every' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'unit' } },
                    ],
                  },
                },
                { kind: 'Field', name: { kind: 'Name', value: 'trialDays' } },
                { kind: 'Field', name: { kind: 'Name', value: 'cancellation' } },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MoneyParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Money' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'amount' } },
          { kind: 'Field', name: { kind: 'Name', value: 'currency' } },
        ],
      },
    },
  ],
} as unknown as DocumentNode<OfferCardFragment, unknown>;
export const ProblemPartsFragmentDoc = {
  kind: 'Document',
  definitions: [
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'ProblemParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'UpsellError' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
          { kind: 'Field', name: { kind: 'Name', value: 'code' } },
          { kind: 'Field', name: { kind: 'Name', value: 'shopperMessage' } },
          { kind: 'Field', name: { kind: 'Name', value: 'retry' } },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'NotEligibleError' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'reasons' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'remedy' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'PaymentError' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                { kind: 'Field', name: { kind: 'Name', value: 'remedy' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ProblemPartsFragment, unknown>;
export const NextDeliveriesDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'NextDeliveries' },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'upcomingOrders' },
            arguments: [
              { kind: 'Argument', name: { kind: 'Name', value: 'first' }, value: { kind: 'IntValue', value: '20' } },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'nodes' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'OrderCard' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'sources' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'account' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'label' } },
                          ],
                        },
                      },
                      { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MoneyParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Money' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'amount' } },
          { kind: 'Field', name: { kind: 'Name', value: 'currency' } },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'LineParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'LineItem' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'title' } },
          { kind: 'Field', name: { kind: 'Name', value: 'variantTitle' } },
          { kind: 'Field', name: { kind: 'Name', value: 'imageUrl' } },
          { kind: 'Field', name: { kind: 'Name', value: 'quantity' } },
          { kind: 'Field', name: { kind: 'Name', value: 'origin' } },
          { kind: 'Field', name: { kind: 'Name', value: 'purchaseMode' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'product' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'providerId' } },
                { kind: 'Field', name: { kind: 'Name', value: 'title' } },
                { kind: 'Field', name: { kind: 'Name', value: 'imageUrl' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'total' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'terms' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'deliveryFrequency' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'every' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'unit' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'removal' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'verdict' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'conversion' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'verdict' } }],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'OrderCard' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Order' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'displayNumber' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'account' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'key' } },
                { kind: 'Field', name: { kind: 'Name', value: 'label' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'scheduled' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                { kind: 'Field', name: { kind: 'Name', value: 'date' } },
                { kind: 'Field', name: { kind: 'Name', value: 'timeZone' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'window' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                { kind: 'Field', name: { kind: 'Name', value: 'secondsLeft' } },
                { kind: 'Field', name: { kind: 'Name', value: 'asOf' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'totals' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'shipping' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'discount' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'total' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                  },
                },
                { kind: 'Field', name: { kind: 'Name', value: 'estimated' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'lineItems' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'nodes' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'LineParts' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<NextDeliveriesQuery, NextDeliveriesQueryVariables>;
export const OrderByIdDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'OrderById' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'id' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'order' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'id' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'id' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'OrderCard' } },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MoneyParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Money' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'amount' } },
          { kind: 'Field', name: { kind: 'Name', value: 'currency' } },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'LineParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'LineItem' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'title' } },
          { kind: 'Field', name: { kind: 'Name', value: 'variantTitle' } },
          { kind: 'Field', name: { kind: 'Name', value: 'imageUrl' } },
          { kind: 'Field', name: { kind: 'Name', value: 'quantity' } },
          { kind: 'Field', name: { kind: 'Name', value: 'origin' } },
          { kind: 'Field', name: { kind: 'Name', value: 'purchaseMode' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'product' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'providerId' } },
                { kind: 'Field', name: { kind: 'Name', value: 'title' } },
                { kind: 'Field', name: { kind: 'Name', value: 'imageUrl' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'total' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'terms' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'deliveryFrequency' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'every' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'unit' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'removal' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'verdict' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'conversion' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'verdict' } }],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'OrderCard' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Order' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'displayNumber' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'account' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'key' } },
                { kind: 'Field', name: { kind: 'Name', value: 'label' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'scheduled' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                { kind: 'Field', name: { kind: 'Name', value: 'date' } },
                { kind: 'Field', name: { kind: 'Name', value: 'timeZone' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'window' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                { kind: 'Field', name: { kind: 'Name', value: 'secondsLeft' } },
                { kind: 'Field', name: { kind: 'Name', value: 'asOf' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'totals' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'shipping' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'discount' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'total' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                  },
                },
                { kind: 'Field', name: { kind: 'Name', value: 'estimated' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'lineItems' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'nodes' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'LineParts' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<OrderByIdQuery, OrderByIdQueryVariables>;
export const WatchOrderDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'subscription',
      name: { kind: 'Name', value: 'WatchOrder' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'id' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'orderUpdated' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'orderId' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'id' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'OrderCard' } },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MoneyParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Money' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'amount' } },
          { kind: 'Field', name: { kind: 'Name', value: 'currency' } },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'LineParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'LineItem' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'title' } },
          { kind: 'Field', name: { kind: 'Name', value: 'variantTitle' } },
          { kind: 'Field', name: { kind: 'Name', value: 'imageUrl' } },
          { kind: 'Field', name: { kind: 'Name', value: 'quantity' } },
          { kind: 'Field', name: { kind: 'Name', value: 'origin' } },
          { kind: 'Field', name: { kind: 'Name', value: 'purchaseMode' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'product' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'providerId' } },
                { kind: 'Field', name: { kind: 'Name', value: 'title' } },
                { kind: 'Field', name: { kind: 'Name', value: 'imageUrl' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'total' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'terms' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'deliveryFrequency' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'every' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'unit' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'removal' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'verdict' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'conversion' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'verdict' } }],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'OrderCard' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Order' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'displayNumber' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'account' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'key' } },
                { kind: 'Field', name: { kind: 'Name', value: 'label' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'scheduled' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                { kind: 'Field', name: { kind: 'Name', value: 'date' } },
                { kind: 'Field', name: { kind: 'Name', value: 'timeZone' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'window' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                { kind: 'Field', name: { kind: 'Name', value: 'secondsLeft' } },
                { kind: 'Field', name: { kind: 'Name', value: 'asOf' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'totals' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'shipping' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'discount' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'total' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                  },
                },
                { kind: 'Field', name: { kind: 'Name', value: 'estimated' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'lineItems' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'nodes' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'LineParts' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<WatchOrderSubscription, WatchOrderSubscriptionVariables>;
export const ThankYouDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'ThankYou' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'accountKey' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'String' } } },
        },
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'providerId' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'String' } } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'orderByProviderId' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'accountKey' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'accountKey' } },
              },
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'providerId' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'providerId' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'OrderCard' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'offers' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'OfferCard' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MoneyParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Money' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'amount' } },
          { kind: 'Field', name: { kind: 'Name', value: 'currency' } },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'LineParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'LineItem' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'title' } },
          { kind: 'Field', name: { kind: 'Name', value: 'variantTitle' } },
          { kind: 'Field', name: { kind: 'Name', value: 'imageUrl' } },
          { kind: 'Field', name: { kind: 'Name', value: 'quantity' } },
          { kind: 'Field', name: { kind: 'Name', value: 'origin' } },
          { kind: 'Field', name: { kind: 'Name', value: 'purchaseMode' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'product' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'providerId' } },
                { kind: 'Field', name: { kind: 'Name', value: 'title' } },
                { kind: 'Field', name: { kind: 'Name', value: 'imageUrl' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'total' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'terms' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'deliveryFrequency' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'every' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'unit' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'removal' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'verdict' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'conversion' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'verdict' } }],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'OrderCard' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Order' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'displayNumber' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'account' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'key' } },
                { kind: 'Field', name: { kind: 'Name', value: 'label' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'scheduled' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                { kind: 'Field', name: { kind: 'Name', value: 'date' } },
                { kind: 'Field', name: { kind: 'Name', value: 'timeZone' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'window' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'state' } },
                { kind: 'Field', name: { kind: 'Name', value: 'secondsLeft' } },
                { kind: 'Field', name: { kind: 'Name', value: 'asOf' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'totals' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'shipping' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'discount' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'total' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                  },
                },
                { kind: 'Field', name: { kind: 'Name', value: 'estimated' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'lineItems' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'nodes' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'LineParts' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'OfferCard' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'UpsellOffer' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'title' } },
          { kind: 'Field', name: { kind: 'Name', value: 'percentOff' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'amountOff' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'price' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'compareAtPrice' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'product' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'title' } },
                { kind: 'Field', name: { kind: 'Name', value: 'imageUrl' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'terms' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'deliveryFrequency' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'every' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'unit' } },
                    ],
                  },
                },
                { kind: 'Field', name: { kind: 'Name', value: 'trialDays' } },
                { kind: 'Field', name: { kind: 'Name', value: 'cancellation' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ThankYouQuery, ThankYouQueryVariables>;
export const MayIAddDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'MayIAdd' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'inputs' } },
          type: {
            kind: 'NonNullType',
            type: {
              kind: 'ListType',
              type: {
                kind: 'NonNullType',
                type: { kind: 'NamedType', name: { kind: 'Name', value: 'UpsellEligibilityInput' } },
              },
            },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'upsellEligibility' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'inputs' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'inputs' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'verdict' } },
                { kind: 'Field', name: { kind: 'Name', value: 'possibleModes' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'reasons' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<MayIAddQuery, MayIAddQueryVariables>;
export const PreviewAddingDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'PreviewAdding' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'UpsellPreviewInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'upsellPreview' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'preview' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'fidelity' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'lineTotal' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                        },
                      },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'orderTotalAfter' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                        },
                      },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'charge' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            {
                              kind: 'Field',
                              name: { kind: 'Name', value: 'increase' },
                              selectionSet: {
                                kind: 'SelectionSet',
                                selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'MoneyParts' } }],
                              },
                            },
                            { kind: 'Field', name: { kind: 'Name', value: 'timing' } },
                          ],
                        },
                      },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'terms' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            {
                              kind: 'Field',
                              name: { kind: 'Name', value: 'deliveryFrequency' },
                              selectionSet: {
                                kind: 'SelectionSet',
                                selections: [
                                  { kind: 'Field', name: { kind: 'Name', value: 'every' } },
                                  { kind: 'Field', name: { kind: 'Name', value: 'unit' } },
                                ],
                              },
                            },
                            { kind: 'Field', name: { kind: 'Name', value: 'trialDays' } },
                          ],
                        },
                      },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'errors' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'ProblemParts' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MoneyParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Money' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'amount' } },
          { kind: 'Field', name: { kind: 'Name', value: 'currency' } },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'ProblemParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'UpsellError' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
          { kind: 'Field', name: { kind: 'Name', value: 'code' } },
          { kind: 'Field', name: { kind: 'Name', value: 'shopperMessage' } },
          { kind: 'Field', name: { kind: 'Name', value: 'retry' } },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'NotEligibleError' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'reasons' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'remedy' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'PaymentError' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                { kind: 'Field', name: { kind: 'Name', value: 'remedy' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<PreviewAddingQuery, PreviewAddingQueryVariables>;
export const AddDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'Add' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'AddUpsellItemInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'addUpsellItem' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'operation' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'effect' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'errors' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'ProblemParts' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'ProblemParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'UpsellError' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
          { kind: 'Field', name: { kind: 'Name', value: 'code' } },
          { kind: 'Field', name: { kind: 'Name', value: 'shopperMessage' } },
          { kind: 'Field', name: { kind: 'Name', value: 'retry' } },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'NotEligibleError' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'reasons' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'remedy' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'PaymentError' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                { kind: 'Field', name: { kind: 'Name', value: 'remedy' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<AddMutation, AddMutationVariables>;
export const ChangeQuantityDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'ChangeQuantity' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'ChangeUpsellItemQuantityInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'changeUpsellItemQuantity' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'operation' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'effect' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'errors' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'ProblemParts' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'ProblemParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'UpsellError' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
          { kind: 'Field', name: { kind: 'Name', value: 'code' } },
          { kind: 'Field', name: { kind: 'Name', value: 'shopperMessage' } },
          { kind: 'Field', name: { kind: 'Name', value: 'retry' } },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'NotEligibleError' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'reasons' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'remedy' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'PaymentError' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                { kind: 'Field', name: { kind: 'Name', value: 'remedy' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ChangeQuantityMutation, ChangeQuantityMutationVariables>;
export const RemoveDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'Remove' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'RemoveUpsellItemInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'removeUpsellItem' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'operation' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'effect' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'errors' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'ProblemParts' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'ProblemParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'UpsellError' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
          { kind: 'Field', name: { kind: 'Name', value: 'code' } },
          { kind: 'Field', name: { kind: 'Name', value: 'shopperMessage' } },
          { kind: 'Field', name: { kind: 'Name', value: 'retry' } },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'NotEligibleError' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'reasons' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'remedy' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'PaymentError' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                { kind: 'Field', name: { kind: 'Name', value: 'remedy' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<RemoveMutation, RemoveMutationVariables>;
export const ConvertDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'Convert' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'ConvertToSubscriptionInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'convertToSubscription' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'operation' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'effect' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'errors' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'ProblemParts' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'ProblemParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'UpsellError' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
          { kind: 'Field', name: { kind: 'Name', value: 'code' } },
          { kind: 'Field', name: { kind: 'Name', value: 'shopperMessage' } },
          { kind: 'Field', name: { kind: 'Name', value: 'retry' } },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'NotEligibleError' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'reasons' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'remedy' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'PaymentError' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                { kind: 'Field', name: { kind: 'Name', value: 'remedy' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ConvertMutation, ConvertMutationVariables>;
export const DeclineDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'Decline' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'DeclineUpsellOfferInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'declineUpsellOffer' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'operation' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'effect' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'errors' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'ProblemParts' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'ProblemParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'UpsellError' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
          { kind: 'Field', name: { kind: 'Name', value: 'code' } },
          { kind: 'Field', name: { kind: 'Name', value: 'shopperMessage' } },
          { kind: 'Field', name: { kind: 'Name', value: 'retry' } },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'NotEligibleError' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'reasons' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'remedy' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'PaymentError' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                { kind: 'Field', name: { kind: 'Name', value: 'remedy' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<DeclineMutation, DeclineMutationVariables>;
export const OrderOfOperationDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'OrderOfOperation' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'id' } },
          type: { kind: 'NonNullType', type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'operation' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'id' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'id' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'order' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'providerId' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<OrderOfOperationQuery, OrderOfOperationQueryVariables>;
export const CompleteCheckoutDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'CompleteCheckout' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'CompleteCheckoutInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'completeCheckout' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'operation' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'effect' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'errors' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [{ kind: 'FragmentSpread', name: { kind: 'Name', value: 'ProblemParts' } }],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'ProblemParts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'UpsellError' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
          { kind: 'Field', name: { kind: 'Name', value: 'code' } },
          { kind: 'Field', name: { kind: 'Name', value: 'shopperMessage' } },
          { kind: 'Field', name: { kind: 'Name', value: 'retry' } },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'NotEligibleError' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'reasons' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'remedy' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'PaymentError' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                { kind: 'Field', name: { kind: 'Name', value: 'remedy' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<CompleteCheckoutMutation, CompleteCheckoutMutationVariables>;
