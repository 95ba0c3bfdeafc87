/** Fields of what a shopper agrees to that not every provider states. */
export const statedFields = [
  'Order.displayNumber',
  'UpsellOrderTotals.taxIncluded',
  'LineItem.title',
  'LineItem.variantTitle',
  'LineItem.imageUrl',
  'LineItem.fees',
  'LineItem.taxIncluded',
  'LineItem.terms',
  'UpsellOffer.price',
  'UpsellOffer.compareAtPrice',
  'UpsellOffer.terms',
  'UpsellPreview.lineFees',
  'UpsellPreview.terms',
  'ChargePlan.payments',
  'SubscriptionContract.terms',
  'SubscriptionContract.nextDelivery',
  'SubscriptionContract.endsAt',
  'SubscriptionContract.pendingChanges',
  'SubscriptionContract.dunning',
  'SubscriptionLine.providerId',
  'SubscriptionTerms.deliveryFrequency',
  'SubscriptionTerms.billingFrequency',
  'SubscriptionTerms.startsAt',
  'SubscriptionTerms.trialDays',
  'SubscriptionTerms.cancellation',
  'SubscriptionTerms.prices',
  'SubscriptionTerms.minimumPayments',
  'SubscriptionTerms.maximumPayments',
  'SubscriptionTerms.minimumCommitment',
] as const;

export type StatedField = (typeof statedFields)[number];

/** STATED: the provider says it. DERIVED: it follows from what the provider says, by a documented rule. */
export type Statement = 'STATED' | 'DERIVED' | 'NOT_STATED';

/** Where the value of every field comes from: a provider that omits one does not compile. */
export type Statements = Readonly<Record<StatedField, Statement>>;
