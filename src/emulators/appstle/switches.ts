import { amount, choice, flag, type Switches } from '../kit/switches.js';

/** Behaviour the documentation leaves open, and misbehaviour a client has to survive. */
export const switches = {
  // Open in the documentation.
  queuedAhead: amount(3, 'How many QUEUED attempts each active contract has.'),
  noQueuedAttemptStatus: choice([500, 400, 404], 500, 'Status of a one-off add when nothing is queued.'),
  unknownContract: choice(['404', '400', 'empty'], '404', 'Answer for a contract that is unknown or of another shop.'),
  repeatedOneOff: choice(['keep', 'overwrite'], 'keep', 'Quantity of a one-off that is added again with another one.'),
  oneOffsOfLostAttempts: choice(
    ['drop', 'move', 'orphan'],
    'drop',
    'One-offs whose attempt goes away by pausing or a new schedule: deleted, moved to the next attempt, or left unlisted.',
  ),
  attemptsOnPause: choice(
    ['remove', 'mark'],
    'remove',
    'Queued attempts of a paused or cancelled contract: gone, or past with status CONTRACT_PAUSED or CONTRACT_CANCELLED.',
  ),
  oneOffPrice: choice(['list', 'discounted'], 'list', "Whether a one-off's price is the list price or 10 % less."),
  oneOffOrder: choice(['oldestFirst', 'newestFirst'], 'oldestFirst', 'Order of the rows in one-off answers.'),
  oneTimeLinesAmongOneOffs: flag(false, 'One-off lists show one-time contract lines too.'),
  oneOffsInVariantList: flag(false, 'The variantList of queued attempts includes one-offs.'),
  reactivateCancelled: flag(true, 'CANCELLED to ACTIVE works, against the documentation but as observed.'),
  contractIdFilter: flag(true, 'subscription-contract-details honours contractId= like subscriptionContractId=.'),
  pages: choice(['bare', 'envelope'], 'bare', 'Paged lists as bare arrays, or inside {content, totalElements, last}.'),
  newOneTimeVariantsRecur: flag(false, 'replace-variants-v3 makes newOneTimeVariants recurring lines.'),
  freezeUntilMinCycles: flag(true, 'A contract refuses changes until its minimum of cycles is billed.'),
  // Settings of the shop.
  updateExistingQuantity: flag(false, 'The shop setting updateExistingQuantityOnAddProduct.'),
  immediatePlaceOrder: flag(true, 'The shop permission enableImmediatePlaceOrder.'),
  planDiscount: amount(10, 'Percent off for lines added with the plan of the contract.'),
  billingOutcome: choice(
    ['SUCCESS', 'FAILURE', 'SECURITY_CHALLENGE'],
    'SUCCESS',
    'How billing ends, unless scripted for an attempt.',
  ),
  billingSeconds: amount(60, 'Emulator time an attempt spends in REQUESTING and PROGRESS together.'),
  freeShippingFrom: amount(
    0,
    'Sum of the lines and the next one-offs in hundredths from which delivery is free; below, it costs shippingFee; 0 leaves it alone.',
  ),
  shippingFee: amount(0, 'Hundredths; see freeShippingFrom.'),
  // Shapes that vary.
  successBody: choice(['json', 'empty200', 'empty204'], 'json', 'Body of a successful write.'),
  connections: choice(['nodes', 'edges'], 'nodes', 'Shape of connections in raw contracts.'),
  oneOffRows: choice(
    ['schema', 'example'],
    'schema',
    'One-offs as in the schema, or as in the example bodies: text price, contractId, titles and currencyCode.',
  ),
  dates: choice(['utc', 'offset', 'mixed'], 'utc', 'Dates end in Z, in .000+00:00, or in one of three offsets by row.'),
  shuffledTopOrders: flag(false, 'top-orders is not in order: a misbehaving provider.'),
  nullIdAttempts: flag(false, 'Attempt lists include a row whose id is null.'),
  leakForeignRows: flag(false, "Lists by customer include another customer's rows: a misbehaving provider."),
  customerPageSize: amount(100, 'Contracts on one page of subscription-customers.'),
  rawCustomer: flag(true, 'Raw contracts name their customer.'),
  // Contention, limits and lag. Milliseconds here are real ones.
  requestsPerSecond: amount(0, 'Requests a key may send in a second before 429; 0 turns it off.'),
  concurrentWrites: amount(0, 'Writes that may run at the same time before 429; 0 turns it off.'),
  writeDurationMs: amount(0, 'How long a write takes before it applies.'),
  billingLock: flag(false, 'Every change of a contract meets a billing operation in progress.'),
  oneOffTarget: choice(
    ['asked', 'next'],
    'asked',
    'next: an add silently lands on the next order, as for a bad attempt.',
  ),
  staleContractMs: amount(0, 'How long contract reads show the old state after a status write.'),
  lateApplyMs: amount(0, 'How long contract reads show the old lines after a line write.'),
  replaceVariants: choice(
    ['apply', 'decline', 'late'],
    'apply',
    'replace-variants-v3: does it, declines with 200, or answers without lines as for work that follows.',
  ),
  lineWriteDeclines: flag(false, 'Line writes answer 200 with success false and do nothing.'),
  // Size of scenario `large`, read when it starts.
  largeContracts: amount(20, 'Scenario large: contracts of the demo shopper.'),
};

export type AppstleSwitches = Switches<typeof switches>;
