/** Types that are nobody's in particular. */
export const publicRecords: ReadonlySet<string> = new Set(['Product', 'ProviderAccount', 'UpsellOffer']);

/** Paths on which the owner of everything gets no record, and why. */
export const neverFilled: readonly { readonly paths: RegExp; readonly because: string }[] = [
  { paths: /errors<DuplicateItemError>\.existing/, because: 'few writes find their item there already' },
  { paths: /errors<IdempotencyConflictError>\.operation/, because: 'every request of the walk has a key of its own' },
  { paths: /errors<OutcomeUnknownError>\.(operation|mayBeOn)/, because: 'no answer is lost here' },
  { paths: /errors<TargetMovedError>\.actualOrder/, because: 'no provider moves an item here' },
  {
    paths: /^Mutation\.(changeUpsellItemQuantity|declineUpsellOffer|removeUpsellItem)\.operation\.subscription/,
    because: 'only adding and converting make a subscription',
  },
  {
    paths: /^Mutation\.(declineUpsellOffer|removeUpsellItem)\.operation\.lineItem/,
    because: 'no line is left to show',
  },
  {
    paths: /^Mutation\.completeCheckout\.operation\.(lineItem|subscription)/,
    because: 'a checkout has as many of these as its order shows, not one',
  },
  {
    paths: /^Mutation\.(completeCheckout|declineUpsellOffer)\..*lineItems\.(nodes|edges\.node)\.subscription/,
    because: 'only accounts of finished checkouts take these, and their lines name no subscription',
  },
];
