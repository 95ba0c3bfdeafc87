import { instantOf } from '../dates.js';
import type { AppstleEndpoints, Exchange } from '../endpoints.js';
import { optionalIdIn } from '../input.js';
import { listedContract } from '../lookups.js';
import { pageOf, sortRows } from '../pagination.js';
import { attemptPayload } from '../payloads.js';
import type { AttemptRecord } from '../records.js';
import { badRequest } from '../refusals.js';
import { byInstant } from '../schedule.js';

const ROOT = 'subscription-billing-attempts';

/** Serves lists of billing attempts. See https://developers.appstle.com/api-reference/billing-&-payments */
export function attemptReads(endpoints: AppstleEndpoints): void {
  endpoints.read(`${ROOT}/top-orders`, (exchange) => {
    const queued = attemptsAsked(exchange)
      .filter(({ status }) => status === 'QUEUED')
      .sort(byInstant);
    const { switches } = exchange.context;
    const rows = switches.get('shuffledTopOrders') ? shuffle(queued) : queued;
    return withNullRow(
      exchange,
      rows.map((row, rank) => attemptPayload(exchange.context, row, rank)),
    );
  });

  endpoints.read(`${ROOT}/past-orders`, (exchange) => {
    const past = attemptsAsked(exchange)
      .filter(({ status }) => status !== 'QUEUED')
      .sort((left, right) => byInstant(right, left));
    const sorted = sortRows(past, exchange.parameters.optionalText('sort'), {
      id: ({ id }) => Number(id),
      billingDate: ({ billingDate }) => instantOf(billingDate),
    });
    return pageOf(
      exchange,
      withNullRow(
        exchange,
        sorted.map((row) => attemptPayload(exchange.context, row)),
      ),
    );
  });
}

/** Returns the attempts of the contract or of the customer a request names; one of them is needed. */
function attemptsAsked(exchange: Exchange): AttemptRecord[] {
  const { parameters, context, shop } = exchange;
  const contractId = optionalIdIn(parameters, 'contractId');
  const customerId = optionalIdIn(parameters, 'customerId');
  if (contractId === null && customerId === null) throw badRequest('contractId or customerId is required');
  const contracts =
    contractId === null ? contractsOf(exchange, customerId ?? '') : [listedContract(exchange, contractId)];
  const ids = new Set(contracts.map((contract) => contract?.id));
  return context.store.attempts.filter((attempt) => attempt.shop === shop.domain && ids.has(attempt.contractId));
}

function contractsOf({ context, shop }: Exchange, customerId: string) {
  const leaks = context.switches.get('leakForeignRows');
  return context.store.contracts.filter(
    (contract) => contract.shop === shop.domain && (leaks || contract.customerId === customerId),
  );
}

/** Adds a row with a null id where switched on. Such rows were seen. */
function withNullRow({ context }: Exchange, rows: readonly object[]): readonly object[] {
  const [first] = rows;
  return context.switches.get('nullIdAttempts') && first ? [{ ...first, id: null }, ...rows] : rows;
}

function shuffle(rows: readonly AttemptRecord[]): readonly AttemptRecord[] {
  return [...rows.filter((_row, index) => index % 2 === 1), ...rows.filter((_row, index) => index % 2 === 0)];
}
