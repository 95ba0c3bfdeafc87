import { announceAttempt, announceContract } from '../announcements.js';
import { instantOf, utcText } from '../dates.js';
import type { Endpoints, Exchange } from '../exchange.js';
import { attemptById, contractById, queuedAttemptById } from '../lookups.js';
import { Parameters } from '../parameters.js';
import { attemptPayload } from '../payloads.js';
import type { AttemptRecord } from '../records.js';
import { badRequest, problem, Refusal } from '../refusals.js';
import { queuedOf, refreshNextDate } from '../schedule.js';

const ROOT = 'subscription-billing-attempts';

/** https://developers.appstle.com/api-reference/billing-&-payments */
export function attemptChanges(endpoints: Endpoints): void {
  endpoints.write('PUT', `${ROOT}/skip-order/:id`, (exchange) => skip(exchange, queued(exchange)), contractOfAttempt);
  endpoints.write(
    'PUT',
    `${ROOT}/skip-upcoming-order`,
    (exchange) => {
      const contract = contractById(exchange, exchange.parameters.id('subscriptionContractId'));
      const [next] = queuedOf(exchange.world.store, contract.id);
      if (!next) throw problem(500, 'No value present');
      return skip(exchange, next);
    },
    ({ parameters }) => parameters.optional('subscriptionContractId'),
  );
  endpoints.write('PUT', `${ROOT}/unskip-order/:id`, unskip, contractOfAttempt);
  endpoints.write('PUT', `${ROOT}/reschedule-order/:id`, reschedule, contractOfAttempt);
  endpoints.write('PUT', `${ROOT}/attempt-billing/:id`, billNow, contractOfAttempt);
  endpoints.write('PUT', `${ROOT}-update-order-note/:id`, (exchange) => {
    const attempt = queued(exchange);
    attempt.orderNote = exchange.parameters.text('orderNote');
    return attemptPayload(exchange.world, attempt);
  });
  endpoints.write('PUT', ROOT, updateFromBody);
  endpoints.write('PUT', 'subscription-contracts-skip', () => {
    throw new Refusal(405, { status: 405, title: 'Method Not Allowed' });
  });
}

function contractOfAttempt(exchange: Exchange): string | null {
  return exchange.world.store.attempts.get(exchange.part('id'))?.contractId ?? null;
}

function queued(exchange: Exchange): AttemptRecord {
  return queuedAttemptById(exchange, exchange.part('id'));
}

/** One-offs stay with the skipped attempt. */
function skip(exchange: Exchange, attempt: AttemptRecord) {
  const { world } = exchange;
  attempt.status = 'SKIPPED';
  refreshNextDate(world.store, contractById(exchange, attempt.contractId));
  announceAttempt(world, attempt);
  return attemptPayload(world, attempt);
}

/** Only before its date. Without the contract a caller got an empty answer and no effect. */
function unskip(exchange: Exchange) {
  const { world, parameters } = exchange;
  const attempt = attemptById(exchange, exchange.part('id'));
  if (parameters.optional('subscriptionContractId') === null) return undefined;
  if (attempt.status !== 'SKIPPED') throw badRequest('Billing attempt is not SKIPPED');
  if (instantOf(attempt.billingDate) <= world.clock.now().getTime()) throw badRequest('The billing date is over');
  attempt.status = 'QUEUED';
  refreshNextDate(world.store, contractById(exchange, attempt.contractId));
  return attemptPayload(world, attempt);
}

/** Keeps the id. Orders behind it move by the same distance on request. */
function reschedule(exchange: Exchange) {
  const { world, parameters } = exchange;
  const attempt = queued(exchange);
  const date = parameters.futureInstant('billingDate', world.clock.now());
  const contract = contractById(exchange, attempt.contractId);
  if (parameters.flag('rescheduleFutureOrder', false)) {
    const distance = instantOf(date) - instantOf(attempt.billingDate);
    for (const other of laterThan(exchange, attempt)) {
      other.billingDate = utcText(instantOf(other.billingDate) + distance);
    }
  }
  attempt.billingDate = date;
  refreshNextDate(world.store, contract);
  announceContract(world, 'subscription.next-order-date-changed', contract);
  return attemptPayload(world, attempt);
}

function laterThan({ world }: Exchange, { contractId, billingDate }: AttemptRecord): AttemptRecord[] {
  return queuedOf(world.store, contractId).filter((other) => instantOf(other.billingDate) > instantOf(billingDate));
}

/** The order appears later: whoever wants to know polls. */
function billNow(exchange: Exchange): undefined {
  const { world } = exchange;
  if (!world.switches.get('immediatePlaceOrder')) throw new Refusal(403, { status: 403, title: 'Forbidden' });
  const attempt = queued(exchange);
  attempt.status = 'IMMEDIATE_TRIGGERED';
  attempt.billingDate = utcText(world.clock.now());
  refreshNextDate(world.store, contractById(exchange, attempt.contractId));
}

function updateFromBody(exchange: Exchange) {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(Object(exchange.body))) fields.set(name, String(value));
  const parameters = new Parameters(fields);
  const attempt = queuedAttemptById(exchange, parameters.id('id'));
  const date = parameters.optional('billingDate');
  if (date !== null) attempt.billingDate = parameters.futureInstant('billingDate', exchange.world.clock.now());
  attempt.orderNote = parameters.optional('orderNote') ?? attempt.orderNote;
  refreshNextDate(exchange.world.store, contractById(exchange, attempt.contractId));
  return attemptPayload(exchange.world, attempt);
}
