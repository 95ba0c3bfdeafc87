import { type AppstleEndpoints, type Exchange, onContract } from '../endpoints.js';
import { addLine, contractToEdit, finishEdit, removeLines } from '../line-changes.js';
import { rawContract } from '../payloads.js';
import { isOneTime } from '../pricing.js';
import type { ContractRecord } from '../records.js';
import { badRequest } from '../refusals.js';

/** How long work that follows takes to show, in real milliseconds. */
const LATE_MS = 300;

interface Replacement {
  readonly contractId: string;
  readonly oldLineId: string | null;
  readonly oldVariants: readonly string[];
  readonly newVariants: Readonly<Record<string, number>>;
  readonly oldOneTimeVariants: readonly string[];
  readonly newOneTimeVariants: Readonly<Record<string, number>>;
}

/** Removes and adds recurring and one-time lines in one call; it declines with 200, and may do its work later. */
export function replaceVariants(endpoints: AppstleEndpoints): void {
  endpoints.write(
    'POST',
    onContract('subscription-contract-details/replace-variants-v3', ({ body }) => digits(Object(body).contractId)),
    (exchange) => {
      const mode = exchange.context.switches.get('replaceVariants');
      const replacement = readReplacement(exchange.body);
      if (mode === 'decline')
        return { errorKey: 'maxiterations', errorMessage: 'The maximum of iterations is reached.' };
      const contract = contractToEdit(exchange, replacement.contractId);
      if (mode === 'late') exchange.context.store.shown.keep(contract, LATE_MS);
      replace(exchange, contract, replacement);
      finishEdit(exchange, contract, 'Products replaced');
      if (mode === 'apply') return rawContract(exchange.context, contract);
      const { lines: _lines, ...accepted } = rawContract(exchange.context, contract);
      return accepted;
    },
  );
}

function replace(exchange: Exchange, contract: ContractRecord, wanted: Replacement): void {
  const before = contract.lines;
  for (const [variantId, quantity] of Object.entries(wanted.newVariants)) {
    addLine(exchange, contract, { variantId, quantity, oneTime: false });
  }
  const recur = exchange.context.switches.get('newOneTimeVariantsRecur');
  for (const [variantId, quantity] of Object.entries(wanted.newOneTimeVariants)) {
    addLine(exchange, contract, { variantId, quantity, oneTime: !recur });
  }
  const gone = before.filter(
    (line) =>
      line.id === wanted.oldLineId ||
      (isOneTime(line) ? wanted.oldOneTimeVariants : wanted.oldVariants).includes(line.variantId),
  );
  if (gone.length > 0) removeLines(contract, gone);
}

function readReplacement(body: unknown): Replacement {
  const fields: Readonly<Record<string, unknown>> = Object(body);
  const contractId = digits(fields['contractId']);
  if (!fields['shop'] || contractId === '') throw badRequest('shop and contractId are required');
  return {
    contractId,
    oldLineId: typeof fields['oldLineId'] === 'string' ? fields['oldLineId'] : null,
    oldVariants: texts(fields['oldVariants']),
    newVariants: quantities(fields['newVariants']),
    oldOneTimeVariants: texts(fields['oldOneTimeVariants']),
    newOneTimeVariants: quantities(fields['newOneTimeVariants']),
  };
}

/** Returns the digits of an id, which is a number or text. */
function digits(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(digits) : [];
}

function quantities(value: unknown): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(Object(value ?? {})).map(([id, quantity]) => [id, Number(quantity) || 1]));
}
