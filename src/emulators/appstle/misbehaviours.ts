import type { Call } from '../kit/endpoints.js';
import { type Deeds, kitOccurrences, type Misbehaviour, type Occurrences } from '../kit/misbehaviours.js';
import type { AppstleContext } from './context.js';
import { utcText } from './dates.js';
import type { Exchange } from './endpoints.js';
import { reducedBy } from './pricing.js';
import type { AttemptRecord } from './records.js';
import { billNow } from './renewals.js';
import { queuedOf } from './schedule.js';

const ONE_OFFS = '/subscription-contract-one-offs-by-contractId-and-billing-attempt-id$';
const oneOffs = { method: 'PUT', path: ONE_OFFS };
const removals = { method: 'DELETE', path: ONE_OFFS };
const lines = { method: 'PUT', path: '/subscription-contracts-add-line-item$' };
const quantities = { method: 'PUT', path: '/subscription-contracts-update-line-item-quantity$' };
const lineRemovals = { method: 'PUT', path: '/subscription-contracts-remove-line-item$' };
const replacements = { method: 'POST', path: '/replace-variants-v3$' };
const writes = [oneOffs, removals, lines, quantities, lineRemovals, replacements];

export const occurrences: Occurrences = {
  ...kitOccurrences({ writes, reads: [{ method: 'GET' }] }),
  capQuantity: { on: [oneOffs, lines, quantities] },
  moveItem: { on: [oneOffs] },
  mergeLine: { on: [oneOffs, lines] },
  splitUnits: { on: [lines] },
  replaceOthers: { never: 'only replace-variants-v3 takes lines off, and only those it is asked to.' },
  closeOrder: { on: writes },
  failPayment: { on: writes },
  startSubscription: { never: 'a line joins a contract that is in force: nothing is started.' },
  changePrice: { on: [oneOffs, lines] },
  // A conversion adds or raises a line and deletes the one-off; a change of quantity deletes the one-off and adds it again.
  refuseFirst: { on: [lines, quantities, removals] },
  refuseSecond: { on: [removals, oneOffs] },
  bareId: { never: 'references are ids always.' },
};

export const deeds: Deeds<Exchange> = {
  closeOrder: (exchange, { outcome = 'billed' }) =>
    onAttempt(exchange, (context, attempt) => {
      if (outcome === 'billed') billNow(context, attempt, 'SUCCESS');
      else Object.assign(attempt, { status: 'REQUESTING', billingDate: utcText(context.clock.now()) });
    }),

  failPayment: (exchange) => onAttempt(exchange, (context, attempt) => billNow(context, attempt, 'FAILURE')),

  changePrice({ context, parameters }, { percent }) {
    const variant = context.store.variants.get(parameters.optionalText('variantId'));
    if (variant) context.store.variants.add({ ...variant, price: reducedBy(variant.price, -percent) });
    return undefined;
  },
};

/** Prepares a change of the attempt that is named, or else of the contract's next one. */
function onAttempt(
  { context, parameters, body }: Exchange,
  change: (context: AppstleContext, attempt: AttemptRecord) => void,
) {
  const contractId = parameters.optionalText('contractId') ?? String(Object(body).contractId);
  const queued = queuedOf(context.store, contractId);
  const named = parameters.optionalText('billingAttemptId');
  const attempt = queued.find(({ id }) => id === named) ?? queued[0];
  return attempt && (() => attempt.status === 'QUEUED' && change(context, attempt));
}

/** Asks for what the provider then does, instead of what was asked for. */
export function amend({ store }: AppstleContext, call: Call, misbehaviour: Misbehaviour): Call {
  const query = new URLSearchParams(call.query);
  if (misbehaviour.kind === 'capQuantity') {
    query.set('quantity', String(Math.min(Number(query.get('quantity') ?? 1), misbehaviour.to)));
  }
  if (misbehaviour.kind === 'moveItem') {
    const asked = query.get('billingAttemptId');
    const other = queuedOf(store, query.get('contractId') ?? '').find(({ id }) => id !== asked);
    if (other) query.set('billingAttemptId', other.id);
  }
  return { ...call, query };
}
