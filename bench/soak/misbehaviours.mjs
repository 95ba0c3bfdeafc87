import { between, pick } from './random.mjs';

/** What the provider does of its own accord, each as likely as the others. */
const KINDS = [
  (random) => ({ kind: 'capQuantity', to: between(random, 1, 3) }),
  () => ({ kind: 'moveItem' }),
  () => ({ kind: 'mergeLine' }),
  () => ({ kind: 'splitUnits' }),
  (random) => ({ kind: 'closeOrder', outcome: pick(random, ['processing', 'billed']), afterSeconds: random() * 2 }),
  // At once: what was told before a payment fails is so when it is told.
  () => ({ kind: 'failPayment' }),
  () => ({ kind: 'startSubscription', status: 'canceled' }),
  (random) => ({ kind: 'changePrice', percent: between(random, -10, 10) }),
  (random) => ({ kind: 'answerErrors', applies: random() < 0.5 }),
  (random) => ({ kind: 'unreadableAnswer', as: pick(random, ['html', 'half', 'text', 'empty']) }),
  (random) => ({ kind: 'refuseFirst', status: pick(random, [400, 422, 500, 503]) }),
  (random) => ({ kind: 'refuseSecond', status: pick(random, [400, 422, 500, 503]) }),
  // Reads may lag for as long as the account says that they do, and no longer.
  (random) => ({ kind: 'staleReads', seconds: random() }),
  () => ({ kind: 'omitField', field: 'quantity' }),
  () => ({ kind: 'partialPage' }),
];
/** Those of which a count of what was made tells enough. */
const KINDS_OF_ANSWERS = new Set([
  'answerErrors',
  'unreadableAnswer',
  'refuseFirst',
  'refuseSecond',
  'staleReads',
  'omitField',
  'partialPage',
]);
const LATE_ANSWERS = ['reset', 'hang', 'gatewayTimeout'];

/** Misbehaviours for one round, about one for every second write; a third of them are writes applied up to `latest` seconds late. */
export function randomMisbehaviours(random, writes, latest) {
  return Array.from({ length: Math.ceil(writes / 2) }, () => ({
    skip: between(random, 0, writes),
    action: random() < 1 / 3 ? lateApplication(random, latest) : pick(random, KINDS)(random),
  }));
}

/** One or none for the single decision at a neighbour. */
export function misbehaviourOfNeighbour(random, latest) {
  if (random() < 1 / 3) return [{ action: lateApplication(random, latest) }];
  const action = pick(random, KINDS)(random);
  return KINDS_OF_ANSWERS.has(action.kind) ? [{ action }] : [];
}

function lateApplication(random, latest) {
  return { kind: 'applyLate', seconds: 1 + random() * (latest - 1), answer: pick(random, LATE_ANSWERS) };
}

/** How late a lost write of a round may arrive: mostly seconds, now and then a minute. */
export function latestOf(random) {
  return pick(random, [3, 5, 8, 12, 20, 60]);
}
