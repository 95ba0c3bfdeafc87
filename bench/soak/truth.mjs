/**
 * What is true of a write, by the provider's books. `evidence` is what became of it there, however it was answered:
 *   received  requests of it that arrived
 *   applied   times its item was put on an order
 *   inForce   of those, how many were not taken off again
 *   recurring whether a subscription was made for the item; `asked.recurring` whether one was wanted
 *   isPaid    false: the payment of the order failed
 *   isLive    false: the subscription that was made is not in force
 *   isElsewhere whether it is on another order than the one asked for
 *   asExactly whether item, quantity, order, subscription and payment are as asked for
 */

/** Whether an effect that was told holds in the end. A request that arrives later makes the earlier statement untrue. */
const holds = {
  NOT_SENT: ({ received }) => received === 0,
  UNCHANGED: ({ applied }) => applied === 0,
  RESTORED: ({ inForce }) => inForce === 0,
  PARTLY_CHANGED: (evidence) =>
    evidence.inForce > 0 &&
    (!isWhole(evidence) || evidence.isPaid === false || evidence.isLive === false || evidence.isElsewhere === true),
  CHANGED: (evidence) => evidence.inForce > 0 && isWhole(evidence),
  // Always true, and has to end: what stays so is counted as stuck.
  UNKNOWN: () => true,
};

function isWhole({ asked, recurring }) {
  return !asked.recurring || recurring;
}

/** What sentences for shoppers and developers say of the order, by their words. */
const sentences = [
  { says: /\b(nothing|no change) (was|has been) (changed|sent|added|made|charged)/i, holds: holds.RESTORED },
  { says: /\b(was|has) not (been )?(changed|added|sent|done)/i, holds: holds.RESTORED },
  { says: /\b(is|was|has been) put back|\btaken back/i, holds: holds.RESTORED },
  { says: /\b(is|was|has been) added\b(?! twice)/i, holds: ({ inForce }) => inForce > 0 },
];

/**
 * Lists what was told and is not so; empty for a truthful answer. That something is not there is held against what had been
 * asked of the provider until then: a later request with the same key may well do it.
 */
export function untruthsIn(told, whole, untilThen) {
  const found = [];
  const { status, effect, texts, advice, differences } = told;
  const evidence = isOfThen(told) ? untilThen : whole;
  if (effect !== null && !holds[effect](evidence) && !isPartSoFar(told, evidence)) found.push(`effect ${effect}`);
  for (const text of texts) {
    const claim = sentences.find(({ says }) => says.test(text));
    if (claim && !claim.holds(evidence)) found.push(`"${text}"`);
  }
  // A shopper who follows this buys again.
  if (advice.includes('NEW_REQUEST') && evidence.inForce > 0 && isWhole(evidence)) found.push('advice NEW_REQUEST');
  if (status === 'SUCCEEDED' && evidence.inForce === 0) found.push('status SUCCEEDED');
  if ((status === 'FAILED' || status === 'REJECTED') && evidence.inForce > 0) found.push(`status ${status}`);
  if (status === 'SUCCEEDED' && evidence.inForce > 0 && !evidence.asExactly && differences === 0) {
    found.push('SUCCEEDED without a difference');
  }
  return found;
}

/** What is denied, and what is said of a write that runs, holds for the time it was said. */
function isOfThen({ status }) {
  return status === 'FAILED' || status === 'REJECTED' || status === 'PENDING';
}

/** While a write is open, a part in force is all that this says. */
function isPartSoFar({ status, effect }, { inForce }) {
  return effect === 'PARTLY_CHANGED' && status === 'INDETERMINATE' && inForce > 0;
}
