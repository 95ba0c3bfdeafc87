import { amount, choice, flag, type Switches } from '../kit/switches.js';

/** Behaviour the documentation leaves open, and misbehaviour a client has to survive. */
export const switches = {
  crossSellEnabled: flag(true, 'Whether the Klarna Checkout v3 plugin has cross-sell switched on.'),
  crossSellMinutes: amount(3, 'The time limit of the plugin: 1 to 20 minutes.'),
  crossSellName: choice(
    ['crossSell', 'upsell'],
    'crossSell',
    'What the object is called; it was `upsell` before April 2023.',
  ),
  crossSellPlace: choice(
    ['order', 'root'],
    'order',
    'Where the object stands: in `order`, or beside it. Shop API has no difference.',
  ),
  crossSellWhenUnavailable: choice(
    ['false', 'absent', 'list'],
    'false',
    'What payment-result says when upselling is impossible: isAllowed false, no object, or the empty list of PHP.',
  ),
  crossSellDecidedAt: choice(
    ['payment-result', 'update'],
    'payment-result',
    'Whether the Klarna method and market are looked at when the order is made, or only when the authorisation is raised.',
  ),
  crossSellOnReceipt: flag(false, 'Whether the receipt repeats the object, which is not documented.'),
  upsellErrorStatus: choice(
    [400, 403, 406, 409, 412, 422, 200],
    412,
    'Status of an item add that came late, is not allowed, or whose authorisation was refused: not documented.',
  ),
  upsellErrorKey: choice(['crossSell', 'payment', 'order'], 'crossSell', 'The key of that error: not documented.'),
  upsellSuccessStatus: choice([200, 201], 200, 'Status of a successful item add.'),
  upsellSuccessBody: choice(['order', 'empty'], 'order', 'Whether a successful item add answers with the order.'),
  refusalKeepsLine: flag(false, 'Misbehaviour: a refused authorisation leaves the new line on the order.'),
  emailAfterRefusal: choice(
    ['at-close', 'immediately'],
    'at-close',
    'When the confirmation is sent after a refused upsell: the text says at the end of the limit, the chart says at once.',
  ),
  paymentProvider: choice(
    ['table', 'refuse', 'conflict', 'throttle', 'error', 'unavailable', 'timeout'],
    'table',
    'How Klarna answers a raise of the authorisation: by method and market, or always 403, 409, 429, 500, 503, or not at all.',
  ),
  paymentProviderAppliesOnTimeout: flag(false, 'Whether Klarna raised the authorisation although its answer was lost.'),
  klarnaTable: choice(['older', 'newer'], 'older', 'Which published table of methods and markets decides.'),
  paymentResultAction: choice(
    ['order', 'redirect'],
    'order',
    'Whether payment-result makes the order or asks for a redirect.',
  ),
  paymentResultMethods: choice(
    ['both', 'POST', 'PUT'],
    'both',
    'Which methods payment-result takes; the pages differ.',
  ),
  repeatedPaymentResultStatus: choice([400, 404, 406, 409], 406, 'Status of a second payment-result for one order.'),
  planPrices: flag(true, 'Whether the plan of a line states its prices, as newer versions do.'),
  rotateTokens: choice(
    ['never', 'keep-old', 'drop-old'],
    'never',
    'Whether each answer carries a new session token, and whether the former one still works.',
  ),
  checkOrigin: flag(true, 'Whether calls without a secret must come from an allowed origin.'),
  leakForeignRows: flag(false, "Lists of contracts include other customers': a misbehaving provider."),
  freeShippingFrom: amount(
    0,
    'Sum of the items from which an order ships free, and below which it costs shippingFee; 0 leaves shipping alone.',
  ),
  shippingFee: amount(0, 'In minor units; see freeShippingFrom.'),
  stockMode: choice(['standard', 'off', 'aggressive'], 'standard', 'The overselling prevention of the shop.'),
  writeDurationMs: amount(0, 'How long a write takes before it answers, in real milliseconds.'),
  integrationRequestsPerWindow: amount(20, 'Integration API requests in ten seconds of emulator time before 429.'),
};

export type CentraSwitches = Switches<typeof switches>;
