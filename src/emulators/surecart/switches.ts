import { amount, choice, flag, type Switches } from '../kit/switches.js';

/** Behaviour the documentation leaves open, and misbehaviour a client has to survive. */
export const switches = {
  limitOutOfRange: choice(['clamp', 'refuse'], 'clamp', 'A list limit outside 1 to 100: clamped, or answered 422.'),
  unknownExpand: choice(['ignore', 'refuse'], 'ignore', 'An expand entry nothing has: ignored, or answered 422.'),
  innerPageSize: amount(100, 'Most rows of a list inside an expanded object.'),
  notFoundStatus: choice([404, 422], 404, 'Status of a request for an unknown id.'),
  plainValidationErrors: choice(
    ['object', 'missing', 'list'],
    'object',
    'validation_errors of an error that is no validation error: {}, absent, or [].',
  ),
  missingVariantSpelling: choice(
    ['variant_mising', 'variant_missing'],
    'variant_mising',
    'How the server spells the purchasable status of a missing variant.',
  ),
  upsellsExpireAfterMinutes: amount(60, 'Length of the upsell window; -1 leaves upsells_expire_at null.'),
  upsellChoice: choice(
    ['current', 'funnel'],
    'funnel',
    'Which upsells a checkout takes: the current one alone, or any of its funnel.',
  ),
  afterLastStep: choice(['null', 'unchanged'], 'null', 'current_upsell after the last step of a funnel.'),
  currentUpsellAfterExpiry: choice(['kept', 'null'], 'kept', 'current_upsell once the window is over.'),
  declineOfOther: choice(['ignore', 'refuse'], 'ignore', 'Declining an upsell that is not the current one.'),
  previewIdentity: choice(['null', 'present'], 'null', 'Id and times of a previewed line.'),
  previewAfterExpiry: choice(['refuse', 'answer'], 'refuse', 'A preview once the window is over.'),
  percentRounding: choice(['half-up', 'down'], 'half-up', 'Rounding of percentages off.'),
  amountOffTimesQuantity: flag(false, 'amount_off is taken off each unit.'),
  discountSign: choice(['positive', 'negative'], 'positive', 'Sign of discount_amount.'),
  taxRateUnit: choice(['share', 'percent'], 'share', 'Unit of tax_rate: 0.2 or 20.'),
  replacementRefund: choice(['none', 'refund'], 'none', 'Whether lines replaced by an upsell are refunded.'),
  declinedStatus: choice([422, 402, 400], 422, 'Status of an upsell whose payment is declined.'),
  declinedShape: choice(
    ['payment', 'validation', 'plain'],
    'payment',
    'How a declined payment is told: by a payment code, inside validation_errors, or not at all.',
  ),
  declinedLine: choice(['removed', 'kept'], 'removed', 'The line of an upsell whose payment is declined.'),
  declinedOrder: choice(['unchanged', 'payment_failed'], 'unchanged', 'The order after a declined upsell.'),
  subscriptionVisibleAfterSeconds: amount(0, 'When lists begin to show a new subscription.'),
  subscriptionActivationSeconds: amount(0, 'When the first payment of a created subscription goes through.'),
  importedSubscriptionsAreCharged: flag(false, 'A misreading to survive: imported subscriptions are charged at once.'),
  defaultCancelBehavior: choice(['immediate', 'pending'], 'pending', "The account's subscription protocol."),
  restoreCharges: flag(true, 'Restoring a subscription charges at once.'),
  rateLimit: amount(150, 'Requests in ten real seconds before 429; 0 turns it off.'),
  sensitiveLimit: amount(10, 'Sensitive requests in sixty seconds of emulator time before 429; 0 turns it off.'),
  sensitivePreview: flag(false, 'A preview counts as a sensitive request.'),
  parallelLimit: amount(0, 'Requests at the same time before 429; 0 turns it off.'),
  networkBan: flag(false, 'Over a limit, the network in front answers HTML 429 for sixty real seconds.'),
  isolateModes: flag(false, 'The key sees live rows only, whatever live_mode asks for.'),
  webhookGraceSeconds: amount(86_400, 'How long a webhook endpoint may fail before it is switched off.'),
  largeCheckouts: amount(60, 'Scenario large: paid checkouts, read when the scenario starts.'),
  largeLines: amount(5, 'Scenario large: lines of each, read when the scenario starts.'),
};

export type SureCartSwitches = Switches<typeof switches>;
