import { instantOf } from '../dates.js';
import type { Endpoints, Exchange } from '../exchange.js';
import { contractById, listedContract } from '../lookups.js';
import { pageOf, sortRows } from '../paging.js';
import { attemptPayload } from '../payloads.js';
import type { AttemptRecord } from '../records.js';
import { badRequest } from '../refusals.js';
import { byInstant } from '../schedule.js';

const ROOT = 'subscription-billing-attempts';

/** https://developers.appstle.com/api-reference/billing-&-payments */
export function attemptReads(endpoints: Endpoints): void {
  endpoints.read(`${ROOT}/top-orders`, (exchange) => {
    const queued = attemptsAsked(exchange)
      .filter(({ status }) => status === 'QUEUED')
      .sort(byInstant);
    const { switches } = exchange.world;
    const rows = switches.get('shuffledTopOrders') ? shuffle(queued) : queued;
    return withNullRow(
      exchange,
      rows.map((row, rank) => attemptPayload(exchange.world, row, rank)),
    );
  });

  endpoints.read(`${ROOT}/past-orders`, (exchange) => {
    const past = attemptsAsked(exchange)
      .filter(({ status }) => status !== 'QUEUED')
      .sort((left, right) => byInstant(right, left));
    const sorted = sortRows(past, exchange.parameters.optional('sort'), {
      id: ({ id }) => Number(id),
      billingDate: ({ billingDate }) => instantOf(billingDate),
    });
    return pageOf(
      exchange,
      withNullRow(
        exchange,
        sorted.map((row) => attemptPayload(exchange.world, row)),
      ),
    );
  });

  endpoints.read(`${ROOT}/past-orders/report`, (exchange) => {
    const { parameters, world, shop } = exchange;
    const status = parameters.text('status');
    const contractId = parameters.optionalId('contractId');
    const [from, to] = [boundary(parameters.optional('fromDay')), boundary(parameters.optional('toDay'))];
    const rows = world.store.attempts
      .filter((attempt) => attempt.shop === shop.domain && attempt.status === status)
      .filter((attempt) => contractId === null || attempt.contractId === contractId)
      .filter(({ billingDate }) => from === null || instantOf(billingDate) >= from)
      .filter(({ billingDate }) => to === null || instantOf(billingDate) <= to)
      .sort(byInstant);
    return pageOf(
      exchange,
      rows.map((row) => reportRow(exchange, row)),
    );
  });
}

/** Exactly one of contract and customer is needed. */
function attemptsAsked(exchange: Exchange): AttemptRecord[] {
  const { parameters, world, shop } = exchange;
  const contractId = parameters.optionalId('contractId');
  const customerId = parameters.optionalId('customerId');
  if (contractId === null && customerId === null) throw badRequest('contractId or customerId is required');
  const contracts =
    contractId === null ? contractsOf(exchange, customerId ?? '') : [listedContract(exchange, contractId)];
  const ids = new Set(contracts.map((contract) => contract?.id));
  return world.store.attempts.filter((attempt) => attempt.shop === shop.domain && ids.has(attempt.contractId));
}

function contractsOf({ world, shop }: Exchange, customerId: string) {
  const leaks = world.switches.get('leakForeignRows');
  return world.store.contracts.filter(
    (contract) => contract.shop === shop.domain && (leaks || contract.customerId === customerId),
  );
}

/** Rows with a null id were seen. */
function withNullRow({ world }: Exchange, rows: readonly object[]): readonly object[] {
  const [first] = rows;
  return world.switches.get('nullIdAttempts') && first ? [{ ...first, id: null }, ...rows] : rows;
}

function shuffle(rows: readonly AttemptRecord[]): readonly AttemptRecord[] {
  return [...rows.filter((_row, index) => index % 2 === 1), ...rows.filter((_row, index) => index % 2 === 0)];
}

function boundary(text: string | null): number | null {
  return text === null ? null : instantOf(text);
}

function reportRow(exchange: Exchange, attempt: AttemptRecord): object {
  const { world } = exchange;
  const payload = attemptPayload(world, attempt);
  if (world.switches.get('reportRows') === 'flat') return payload;
  const { customerId, status } = contractById(exchange, attempt.contractId);
  const customer = world.store.customers.get(customerId);
  return {
    subscriptionBillingAttempt: payload,
    subscriptionContractDetails: { customerName: customer?.firstName ?? null, status: status.toLowerCase() },
  };
}
