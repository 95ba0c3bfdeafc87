import { amount, choice, flag, type Switches } from '../kit/switches.js';

/** Behaviour the documentation leaves open, and misbehaviour a client has to survive. */
export const switches = {
  // Rebuilding. Seconds here are of the emulator's clock.
  rebuildSeconds: amount(
    1,
    'How long after a write the charges of its address are rebuilt: 5 at Recharge, less for whoever tries things here; 0 rebuilds at once.',
  ),
  rebuildSpreadSeconds: amount(0, 'Up to how much longer a rebuild takes, at random.'),
  rebuiltCharge: choice(
    ['keeps its id', 'gets a new id'],
    'keeps its id',
    'What a rebuild does to the id of a charge.',
  ),
  uncommittedFlag: choice(
    ['has_uncommitted_changes', 'has_uncommited_changes', 'absent'],
    'has_uncommitted_changes',
    'Under which name a charge says that it is to be rebuilt.',
  ),
  commitOnetimes: flag(false, 'Writes of one-time items know `commit=true`.'),
  shippingSeconds: amount(10, 'How long the shipping line of a new charge is pending.'),
  chargeDiscountSurvives: flag(false, 'A discount of a charge survives its rebuild.'),
  // Open in the documentation.
  errorCharges: choice(
    ['customer', 'address'],
    'customer',
    'Whether a charge in error refuses one-time items for its customer or for its address.',
  ),
  itemsForToday: choice(['refuse', 'allow'], 'refuse', 'What becomes of a one-time item for today.'),
  secondSubscription: choice(
    ['refuse', 'allow'],
    'refuse',
    'What becomes of a second subscription of the same product on one address.',
  ),
  deletedOnetime: choice(['gone', 'cancelled'], 'gone', 'What a read of a deleted one-time item shows.'),
  deleteAnswer: choice(['empty204', 'json200'], 'empty204', 'Answer of a successful DELETE.'),
  chargedOnetimes: choice(['vanish', 'stay'], 'vanish', 'What becomes of one-time items once they were charged.'),
  chargesScope: choice(['read_orders', 'read_charges'], 'read_orders', 'Which scope opens charges.'),
  productSearch: flag(true, 'An admin token may search products.'),
  // Processing.
  processingMinute: amount(7, 'Minute of the day, US Eastern, at which charges are processed.'),
  pendingSeconds: amount(60, 'How long a charge is pending.'),
  chargeOutcome: choice(['success', 'error'], 'success', 'How processing ends, unless scripted for a charge.'),
  freeShippingFrom: amount(
    0,
    'Sum of the lines in hundredths from which delivery is free; below, it costs shippingFee; 0 leaves it alone.',
  ),
  shippingFee: amount(0, 'Hundredths; see freeShippingFrom.'),
  // Shapes that vary.
  properties: choice(['list', 'object'], 'list', 'Shape of the properties of items.'),
  dates: choice(['date', 'time', 'offset'], 'date', 'Dates alone, with a time of zero, or with an offset after that.'),
  booleans: choice(['booleans', 'numbers'], 'booleans', 'Flags of subscriptions as booleans or as 0 and 1.'),
  frequencies: choice(['numbers', 'text'], 'numbers', 'Frequencies of subscriptions.'),
  oddCharge: choice(
    ['none', 'optional keys missing', 'unknown status', 'unknown type', 'item named twice', 'no id of the shop'],
    'none',
    'What is odd about the first charge of a list, or its first line.',
  ),
  units: choice(['month', 'months', 'Months'], 'month', 'How the unit of an interval is written.'),
  leakForeignRows: flag(false, "Lists by customer include another customer's rows: a misbehaving provider."),
  // Contention and limits. Milliseconds here are real ones.
  bucketSize: amount(40, 'Calls the bucket of a token holds before 429; it drains two a second; 0 turns it off.'),
  retryAfter: flag(false, 'A 429 says when to come back.'),
  writeDurationMs: amount(0, 'How long a write takes before it applies: another one of its address meets a 409.'),
  // Size of the scenario `large`.
  largeCharges: amount(12, 'Queued charges of the demo shopper.'),
  largeLines: amount(40, 'Lines of all charges together, subscriptions among them.'),
  largeSubscriptions: amount(20, 'Subscriptions, spread over the charges.'),
};

export type RechargeSwitches = Switches<typeof switches>;
