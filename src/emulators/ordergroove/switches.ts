import { amount, choice, flag, type Switches } from '../kit/switches.js';

/** Behaviour the documentation leaves open, and misbehaviour a client has to survive. */
export const switches = {
  itemsAcceptCustomerFilter: choice(
    ['honour', 'ignore', 'reject'],
    'honour',
    'What GET /items/ makes of ?customer=, which is not documented: filter by it, answer rows of every customer, or answer 400.',
  ),
  unscopedListWithoutBulk: choice(
    ['error403', 'empty'],
    'error403',
    'A list under an API key without the Bulk Operations permission that is not narrowed to one customer.',
  ),
  postSuccessStatus: choice([200, 201], 200, 'Status of a successful items/iu, create_from_item and subscriptions/iu.'),
  deleteStatus: choice([200, 204], 204, 'Status of a successful item delete; 200 comes with an empty body.'),
  nonUnsentOrderStatusCode: choice(
    [400, 403, 404, 409, 422],
    400,
    'Answer to a change of an order that is locked or no longer unsent.',
  ),
  convertTwice: choice([400, 409, 422], 400, 'Answer to create_from_item for an item that has a subscription.'),
  enforceEligibility: flag(false, 'Instant Upsell refuses products whose eligibility groups do not include upsell.'),
  enforceStock: flag(false, 'Instant Upsell refuses products that are out of stock or discontinued.'),
  enforceAutoship: flag(true, 'A product that is not autoship enabled cannot become a subscription.'),
  maximumQuantity: amount(0, 'Largest quantity Instant Upsell takes; 0 means no limit.'),
  upsellOnPrepaidOrders: choice(['refuse', 'allow'], 'refuse', 'items/iu on an order that holds a prepaid item.'),
  discountRounding: choice(['line', 'unit'], 'line', 'Whether discounts are rounded per line or per unit.'),
  zeroDecimalDigits: choice([2, 0], 2, 'Digits in the money texts of currencies without a minor unit.'),
  taxInTotal: flag(true, 'Whether total includes tax_total.'),
  freeShippingFrom: amount(
    0,
    'Net sum in hundredths from which an order ships free, and below which it costs shippingFee; 0 leaves shipping alone.',
  ),
  shippingFee: amount(0, 'Hundredths; see freeShippingFrom.'),
  serializeWrites: flag(true, 'Two overlapping writes on one order: the later one answers 423.'),
  writeDurationMs: amount(0, 'How long a write takes before it applies, in real milliseconds.'),
  rateLimitPerMinute: amount(
    6000,
    'Requests per real minute and address before 429 without Retry-After; 0 turns it off.',
  ),
  typesFilledAfterMs: amount(
    0,
    'Emulator time until a converted subscription shows its types on reads; -1 means never.',
  ),
  omitCurrencyCode: flag(false, 'Orders and subscriptions come without currency_code.'),
  omitOrderUpdated: flag(false, 'Items come without order_updated.'),
  omitUpdated: flag(false, 'Orders come without updated.'),
  emptyStringForNull: flag(false, 'Nulls of orders, items and subscriptions arrive as empty text.'),
  jsonStringFields: flag(false, 'extra_data and rejected_message arrive as JSON inside text.'),
  trailingSlashRedirect: choice(
    ['serve', 'redirect'],
    'serve',
    'A path without its final slash: served, or answered 301.',
  ),
  leakForeignRows: flag(false, "Lists include another customer's rows: a misbehaving provider."),
  multipleStatusFilter: choice(
    ['any', 'last'],
    'any',
    'What ?status=1&status=6 means on lists: any of them, or the last one.',
  ),
  deleteEmptiedOrders: flag(
    false,
    'A skip or date move deletes the order it leaves empty; otherwise it stays with status 1.',
  ),
  oneTimeItemsOnCancelledOrder: choice(
    ['stay', 'move'],
    'stay',
    'One-time items of a cancelled order stay on it, or move to the successor order.',
  ),
  placementHour: amount(6, 'Central hour, 0 to 11, at which orders of the day are placed.'),
  placementMinutes: amount(15, 'Minutes an order spends in status 11 before its outcome.'),
  placementOutcome: choice([5, 3, 13, 15, 18, 19], 5, 'Status placements end with, unless scripted for an order.'),
  largeOrders: amount(100, 'Scenario large: upcoming orders, read when the scenario starts.'),
  largeItemsPerOrder: amount(5, 'Scenario large: items per order, read when the scenario starts.'),
};

export type OrdergrooveSwitches = Switches<typeof switches>;
