import { Refusal } from '../../kit/refusal.js';
import { announceAttempt, announceContract } from '../announcements.js';
import { instantOf, utcText } from '../dates.js';
import { type AppstleEndpoints, type Exchange, onContract } from '../endpoints.js';
import { futureInstantIn, idIn } from '../input.js';
import { attemptById, contractById, queuedAttemptById } from '../lookups.js';
import { attemptPayload } from '../payloads.js';
import type { AttemptRecord } from '../records.js';
import { badRequest, problem } from '../refusals.js';
import { queuedOf, refreshNextDate } from '../schedule.js';

const ROOT = 'subscription-billing-attempts';

/** Serves the changes of billing attempts. See https://developers.appstle.com/api-reference/billing-&-payments */
export function attemptChanges(endpoints: AppstleEndpoints): void {
  const change = (path: string, answer: (exchange: Exchange) => unknown) =>
    endpoints.write('PUT', onContract(`${ROOT}/${path}/:id`, contractOfAttempt), answer);
  change('skip-order', (exchange) => skip(exchange, queued(exchange)));
  change('unskip-order', unskip);
  change('reschedule-order', reschedule);
  change('attempt-billing', billNow);

  const contractNamed = ({ parameters }: Exchange) => parameters.optionalText('subscriptionContractId');
  endpoints.write('PUT', onContract(`${ROOT}/skip-upcoming-order`, contractNamed), (exchange) => {
    const contract = contractById(exchange, idIn(exchange.parameters, 'subscriptionContractId'));
    const [next] = queuedOf(exchange.context.store, contract.id);
    if (!next) throw problem(500, 'No value present');
    return skip(exchange, next);
  });
}

function contractOfAttempt(exchange: Exchange): string | null {
  return exchange.context.store.attempts.get(exchange.part('id'))?.contractId ?? null;
}

function queued(exchange: Exchange): AttemptRecord {
  return queuedAttemptById(exchange, exchange.part('id'));
}

/** Skips an attempt. One-offs stay with the skipped attempt. */
function skip(exchange: Exchange, attempt: AttemptRecord) {
  const { context } = exchange;
  attempt.status = 'SKIPPED';
  refreshNextDate(context.store, contractById(exchange, attempt.contractId));
  announceAttempt(context, attempt);
  return attemptPayload(context, attempt);
}

/** Requeues a skipped attempt before its date. Without the contract a caller got an empty answer and no effect. */
function unskip(exchange: Exchange) {
  const { context, parameters } = exchange;
  const attempt = attemptById(exchange, exchange.part('id'));
  if (parameters.optionalText('subscriptionContractId') === null) return undefined;
  if (attempt.status !== 'SKIPPED') throw badRequest('Billing attempt is not SKIPPED');
  if (instantOf(attempt.billingDate) <= context.clock.now().getTime()) throw badRequest('The billing date is over');
  attempt.status = 'QUEUED';
  refreshNextDate(context.store, contractById(exchange, attempt.contractId));
  return attemptPayload(context, attempt);
}

/** Moves an attempt to another date under the same id. Orders behind it move by the same distance on request. */
function reschedule(exchange: Exchange) {
  const { context, parameters } = exchange;
  const attempt = queued(exchange);
  const date = futureInstantIn(parameters, 'billingDate', context.clock.now());
  const contract = contractById(exchange, attempt.contractId);
  if (parameters.flag('rescheduleFutureOrder', false)) {
    const distance = instantOf(date) - instantOf(attempt.billingDate);
    for (const other of laterThan(exchange, attempt)) {
      other.billingDate = utcText(instantOf(other.billingDate) + distance);
    }
  }
  attempt.billingDate = date;
  refreshNextDate(context.store, contract);
  announceContract(context, 'subscription.next-order-date-changed', contract);
  return attemptPayload(context, attempt);
}

function laterThan({ context }: Exchange, { contractId, billingDate }: AttemptRecord): AttemptRecord[] {
  return queuedOf(context.store, contractId).filter((other) => instantOf(other.billingDate) > instantOf(billingDate));
}

/** Triggers the billing of an attempt. The order appears later, so callers have to poll. */
function billNow(exchange: Exchange): undefined {
  const { context } = exchange;
  if (!context.switches.get('immediatePlaceOrder')) throw new Refusal(403, { status: 403, title: 'Forbidden' });
  const attempt = queued(exchange);
  attempt.status = 'IMMEDIATE_TRIGGERED';
  attempt.billingDate = utcText(context.clock.now());
  refreshNextDate(context.store, contractById(exchange, attempt.contractId));
}
