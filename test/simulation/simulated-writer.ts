import { problem, ProviderFailure, type ProviderProblem } from '../../src/domain/problem.js';
import type { RequestScope } from '../../src/domain/provider.js';
import { notEligible, notFound, type Refusal, type RefusalOf } from '../../src/domain/refusal.js';
import type { LineItem } from '../../src/domain/line-item.js';
import { found } from '../../src/domain/lookup.js';
import {
  type Expected,
  type OrderView,
  type Preparation,
  type SendResult,
  statedFrequency,
  type WriteProgress,
  type WriteRequest,
  type Writer,
} from '../../src/domain/write.js';
import { viewOf } from '../../src/providers/kit/order-view.js';
import { PRICE, type BookLine, type View } from './books.js';
import type { Alternative } from './faults.js';
import { carryOut, type Deed, MAX_LAG_MS } from './carry-out.js';
import { productRef, toLineItem, toOrder, usd } from './records.js';
import type { ProtocolKind } from './protocol-kinds.js';
import type { Life } from './replica.js';
import type { ReadView, Shop } from './simulated-provider.js';

/** A write that hangs is given up after this. */
const WRITE_MS = 5_000;
/** Waits before a request may leave, such as for a place in the account's queue. */
const QUEUE_MS = [0, 20, 900, 3_000] as const;

const timedOut = problem('TIMEOUT', 'The provider did not answer in time.');
const badGateway = problem('UNAVAILABLE', 'The provider answered 502.', { httpStatus: 502 });
const throttled = problem('RATE_LIMITED', 'Too many requests.', { httpStatus: 429 });
const givenUp = problem('UNAVAILABLE', 'The request was given up before it was sent.');

const declined: RefusalOf<'PAYMENT'> = {
  code: 'PAYMENT',
  message: 'The payment was declined.',
  path: null,
  retry: 'NEW_REQUEST',
  reason: 'DECLINED',
};

/** No document says that nothing is left of a write whose payment was declined. */
const refusedPayment: SendResult = { outcome: 'refused', attempts: 1, refusal: declined, isDocumented: false };

/** How one request fares on its way, plainest first. */
const FATES = [
  'answered',
  'answer lost',
  'answered 502 after',
  'lost',
  'throttled',
  'refused',
  'refused after',
  'delayed',
  'barely in time',
  'late',
  'throws',
  'twice',
] as const;

const ONCE: readonly Alternative[] = [
  ['answer lost', 14],
  ['answer lost', 7],
  ['write lost', 10],
  ['write throttled', 6],
  ['write refused', 6],
  ['refused and applied', 6],
  ['write delayed', 14],
  ['write barely in time', 14],
  ['write late', 14],
  ['writer throws', 5],
];
const ONCE_OR_TWICE: readonly Alternative[] = [...ONCE, ['write applied twice', 8]];

const COMPENSATION_FATES: readonly Alternative[] = [
  ['answer lost', 10],
  ['write lost', 10],
  ['write refused', 6],
];

/** How long lines take longer to show than the total of their order. */
const BEHIND_MS = 2_000;

/** How long an answered write takes to show. */
const LAGS_MS = [0, 200, 1_500, 3_500];
const LAGS: readonly Alternative[] = [
  ['write delayed', 4],
  ['write delayed', 2],
  ['write delayed', 2],
];

/** Writes at the simulated provider, and tells what a read shows of them without guessing. */
export function simulatedWriter(shop: Shop, life: Life, scope: RequestScope, read: ReadView): Writer<WriteRequest> {
  const { world, faults, kind, laws, books } = shop;
  const { replica } = life;
  const site = `${replica.name}.send`;
  const canDouble = !faults.isOn('target moved') || faults.isOn('moved and applied twice');
  const fates = canDouble ? ONCE_OR_TWICE : ONCE;

  async function dispatch(step: string, request: WriteRequest, deed: Deed): Promise<SendResult> {
    // A ledger that forgot an intent while its request waited cannot keep another from sending the same.
    const queueMs = faults.isOn('ledger failover') ? 0 : world.pickFrom(`${site}.queue`, QUEUE_MS, [30, 10, 2, 1]);
    if (queueMs > 0) await new Promise<void>((resolve) => replica.deliver(life, queueMs, resolve, true));
    if (scope.signal.aborted || scope.mayStillSend?.() === false) {
      return { outcome: 'not_applied', attempts: 0, problem: { ...givenUp, notSent: 'TOO_LATE' } };
    }
    laws.departing(life, request, step);
    const fate = FATES[faults.fate(`${site}.fate`, 40, fates)] ?? 'answered';
    world.tell(() => `Replica ${replica.name} sends ${step} for key ${laws.authorOf(request).key} (${fate}).`);
    return new Promise((resolve, reject) => {
      const answer = (ms: number, result: SendResult) => replica.deliver(life, ms, () => resolve(result));
      const unknown = (found: ProviderProblem): SendResult => ({ outcome: 'unknown', attempts: 1, problem: found });
      const wayMs = world.latency(`${site}.there`);
      if (fate === 'answer lost' || fate === 'lost') answer(WRITE_MS, unknown(timedOut));
      if (fate === 'delayed' || fate === 'barely in time' || fate === 'late') {
        const ms = world.pickFrom(`${site}.${fate}`, arrivals(fate, kind.settlingMs), [1, 1, 1]);
        if (ms >= WRITE_MS) answer(WRITE_MS, unknown(timedOut));
        world.after(ms, () => {
          const done = carryOut(shop, deed, 0);
          if (ms < WRITE_MS) answer(1, done);
        });
        return;
      }
      if (fate === 'lost') return;
      world.after(wayMs, () => {
        if (fate === 'throttled') return answer(1, { outcome: 'not_applied', attempts: 3, problem: throttled });
        if (fate === 'refused') return answer(1, refusedPayment);
        // Who refuses has worked it off.
        const lagMs = fate === 'refused after' ? 0 : (LAGS_MS[faults.fate(`${site}.shows`, 20, LAGS)] ?? 0);
        const done = carryOut(shop, deed, lagMs);
        if (fate === 'twice') carryOut(shop, { ...deed, isRepeat: true }, lagMs);
        if (fate === 'answered 502 after') answer(1, unknown(badGateway));
        else if (fate === 'refused after') answer(1, refusedPayment);
        else if (fate === 'throws') replica.deliver(life, 1, () => reject(new TypeError('a bug of the writer')));
        else if (fate !== 'answer lost') answer(world.latency(`${site}.back`), done);
      });
    });
  }

  const deedOf = (step: string, request: WriteRequest, progress: WriteProgress): Deed => ({
    step,
    request,
    progress,
    author: laws.authorOf(request),
    operationId: life.intents.get(request)?.id ?? '',
    isRepeat: false,
  });

  return {
    prepare: (request) =>
      read((view, gap) => {
        if (gap) throw new ProviderFailure(gap);
        return prepare(shop, view, request);
      }).catch((error: unknown) => {
        if (error instanceof ProviderFailure) return refusedBy(error.problem);
        throw error;
      }),

    send: (step, request, progress) => dispatch(step, request, deedOf(step, request, progress)),

    async look(_request, { context }) {
      const orderKey = String(Object(context).orderKey);
      // One after the other, as providers have it: a write may land in between.
      const order = await read((view) => toOrder(view, orderKey));
      return read((view, gap) => {
        const isBehind = faults.happens('lines behind', `${site}.lines`, 3);
        const shown = isBehind ? books.at(Math.max(view.at - BEHIND_MS, 0)) : view;
        return { ...lookAt(shop, shown, orderKey, gap), order: found(order) };
      });
    },

    ...(kind.takesBack && { takeBack }),
  };

  function takeBack(_request: WriteRequest, _progress: WriteProgress, moved: LineItem): Promise<SendResult> {
    const { key } = moved.ref;
    const fate = faults.fate(`${site}.compensate`, 40, COMPENSATION_FATES);
    world.tell(() => `Replica ${replica.name} takes ${key} back off.`);
    return new Promise((resolve) => {
      world.after(world.latency(`${site}.there`), () => {
        const line = books.at(world.now + MAX_LAG_MS).line(key);
        if (fate <= 1) {
          if (line) line.goneAt = world.now;
          for (const effect of books.effects) if (effect.record === key) effect.isInForce = false;
        }
        const result = answerTo(fate, line !== null);
        replica.deliver(life, fate === 1 || fate === 2 ? WRITE_MS : 1, () => resolve(result));
      });
    });
  }
}

/** What the provider says to taking back an item, which it documents as safe to repeat. */
function answerTo(fate: number, isThere: boolean): SendResult {
  if (fate === 1 || fate === 2) return { outcome: 'unknown', attempts: 1, problem: timedOut };
  if (fate === 3 && isThere) return { outcome: 'refused', attempts: 1, refusal: notEligible([]) };
  return { outcome: 'confirmed', attempts: 1, result: {} };
}

/** When a request that was held up is carried out, in milliseconds after it left. */
function arrivals(fate: 'delayed' | 'barely in time' | 'late', settlingMs: number): readonly [number, number, number] {
  switch (fate) {
    case 'delayed':
      return [900, 2_000, settlingMs / 2];
    case 'barely in time':
      return [settlingMs - 200, settlingMs - 50, settlingMs - 1_000];
    case 'late':
      return [settlingMs + 7_000, 40_000, 60_000];
  }
}

function refusedBy(found: ProviderProblem): Preparation {
  const message = 'The shop could not do this.';
  return { outcome: 'refused', refusal: { code: 'PROVIDER', message, path: null, retry: 'SAME_KEY', problem: found } };
}

function prepare(shop: Shop, view: View, request: WriteRequest): Preparation {
  const { kind } = shop;
  const isAdding = request.kind === 'ADD_UPSELL_ITEM';
  const line = 'lineItemKey' in request ? view.line(request.lineItemKey) : null;
  if ('lineItemKey' in request && !line) return refuse(notFound(['lineItemId'], 'item'));
  const orderKey = line?.order ?? ('orderKey' in request ? request.orderKey : '');
  if (toOrder(view, orderKey).window.state !== 'OPEN') return refuse(notEligible([]));
  if (isAdding && request.ifPresent === 'REJECT') {
    const existing = view.linesOf(orderKey).find(({ product }) => product === request.item.product?.id);
    if (existing) return refuse(duplicate(view, existing));
  }
  if (request.kind === 'CONVERT_TO_SUBSCRIPTION' && line?.subscription) return refuse(notEligible([]));
  return {
    outcome: 'ready',
    target: {
      order: toOrder(view, orderKey),
      product: isAdding ? productRef(request.item.product?.id ?? '') : null,
      steps: kind.stepsOf(request).map((name) => ({ name, expects: [expectedOf(kind, name, request)] })),
      before: lookAt(shop, view, orderKey, null),
      context: { orderKey },
      expectedIncrease: isAdding ? usd(PRICE * request.quantity) : null,
    },
  };
}

function refuse(refusal: Refusal): Preparation {
  return { outcome: 'refused', refusal };
}

function duplicate(view: View, existing: BookLine): Refusal {
  const message = 'This is on the order already.';
  return { code: 'DUPLICATE_ITEM', message, path: null, retry: 'NEW_REQUEST', existing: toLineItem(view, existing) };
}

/** What a complete view shows once a step is in force. */
function expectedOf({ name: kind }: ProtocolKind, step: string, request: WriteRequest): Expected {
  switch (request.kind) {
    case 'ADD_UPSELL_ITEM': {
      const frequency = statedFrequency(request.subscribe);
      if (step === 'create_subscription') return { kind: 'line_recurs', lineItemKey: null, frequency };
      const quantity = kind === 'units' ? 1 : request.quantity;
      return { kind: 'line_added', productId: request.item.product?.id ?? '', quantity, recurring: false, mark: null };
    }
    case 'CONVERT_TO_SUBSCRIPTION':
      return { kind: 'line_recurs', lineItemKey: request.lineItemKey, frequency: statedFrequency(request.frequency) };
    case 'CHANGE_UPSELL_ITEM_QUANTITY':
      return { kind: 'line_changed', lineItemKey: request.lineItemKey, quantity: request.quantity };
    case 'REMOVE_UPSELL_ITEM':
      return { kind: 'line_gone', lineItemKey: request.lineItemKey };
    case 'DECLINE_UPSELL_OFFER':
    case 'COMPLETE_CHECKOUT':
      return { kind: 'fact', name: 'offer', value: 'declined' };
  }
}

function lookAt({ kind }: Shop, view: View, orderKey: string, gap: ProviderProblem | null): OrderView {
  const linesOf = (key: string) => ({
    items: gap ? [] : view.linesOf(key).map((line) => toLineItem(view, line)),
    problem: gap,
  });
  return viewOf({
    order: found(toOrder(view, orderKey)),
    lines: linesOf(orderKey),
    elsewhere: kind.sharesLock ? linesOf(orderKey === 'order-1' ? 'order-2' : 'order-1') : null,
  });
}
