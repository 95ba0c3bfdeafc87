import { problem, ProviderFailure, type ProviderProblem } from '../../src/domain/problem.js';
import type { RequestScope } from '../../src/domain/provider.js';
import { notEligible, notFound, type Refusal, type RefusalOf } from '../../src/domain/refusal.js';
import type {
  InspectResult,
  Preparation,
  SendResult,
  StepResult,
  WriteProgress,
  WriteRequest,
  Writer,
} from '../../src/domain/write.js';
import { PRICE, type BookLine, type View } from './books.js';
import type { Alternative } from './faults.js';
import { carryOut, type Deed, MAX_LAG_MS } from './carry-out.js';
import { productRef, toLineItem, toOrder, usd } from './records.js';
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
  orderRestored: true,
};

/** How one request fares on its way, plainest first. */
const FATES = [
  'answered',
  'answer lost',
  'answered 502 after',
  'lost',
  'throttled',
  'refused',
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
    const queueMs = world.pickFrom(`${site}.queue`, QUEUE_MS, [30, 10, 2, 1]);
    if (queueMs > 0) await new Promise<void>((resolve) => replica.deliver(life, queueMs, resolve, true));
    if (scope.signal.aborted) return { outcome: 'not_applied', attempts: 0, problem: givenUp };
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
        if (fate === 'refused') return answer(1, { outcome: 'refused', attempts: 1, refusal: declined });
        const lagMs = LAGS_MS[faults.fate(`${site}.shows`, 20, LAGS)] ?? 0;
        const done = carryOut(shop, deed, lagMs);
        if (fate === 'twice') carryOut(shop, { ...deed, isRepeat: true }, lagMs);
        if (fate === 'answered 502 after') answer(1, unknown(badGateway));
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

    inspect: (step, request, progress) =>
      read((view, gap) => (gap ? { state: 'unclear', problem: gap } : findTrace(shop, view, step, request, progress))),

    ...(kind.takesBack && { compensate }),
  };

  function compensate(_request: WriteRequest, progress: WriteProgress): Promise<SendResult> {
    const key = progress.done['add_item']?.lineItemKey ?? '';
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
  const message = 'The shop could not do this just now. Nothing was changed.';
  return { outcome: 'refused', refusal: { code: 'PROVIDER', message, path: null, retry: 'SAME_KEY', problem: found } };
}

function prepare({ kind }: Shop, view: View, request: WriteRequest): Preparation {
  const isAdding = request.kind === 'ADD_UPSELL_ITEM';
  const line = 'lineItemKey' in request ? view.line(request.lineItemKey) : null;
  if ('lineItemKey' in request && !line) return refuse(notFound(['lineItemId'], 'item'));
  const orderKey = line?.order ?? ('orderKey' in request ? request.orderKey : '');
  if (view.statusOf(orderKey) !== 'SCHEDULED') return refuse(notEligible([]));
  const lines = kind.sharesLock ? [...view.linesOf('order-1'), ...view.linesOf('order-2')] : view.linesOf(orderKey);
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
      steps: kind.stepsOf(request),
      snapshot: {
        lineItemKeys: lines.map(({ key }) => key),
        context: line ? { quantity: String(view.quantityOf(line)) } : {},
      },
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

/** Whether a complete view shows what a step was to do. */
function findTrace(
  { kind }: Shop,
  view: View,
  step: string,
  request: WriteRequest,
  progress: WriteProgress,
): InspectResult {
  const applied = (result: StepResult): InspectResult => ({ state: 'applied', result });
  const noTrace: InspectResult = { state: 'no_trace' };
  switch (request.kind) {
    case 'ADD_UPSELL_ITEM': {
      if (step === 'create_subscription') {
        const line = progress.done['add_item']?.lineItemKey;
        const row = view.subscriptions().find((each) => each.line === line);
        return row ? applied({ subscriptionKey: row.key }) : noTrace;
      }
      if (view.statusOf(request.orderKey) !== 'SCHEDULED') return { state: 'unclear', problem: null };
      const known = new Set([
        ...progress.snapshot.lineItemKeys,
        ...Object.values(progress.done).flatMap(({ lineItemKey }) => lineItemKey ?? []),
      ]);
      const lines = kind.sharesLock
        ? [...view.linesOf('order-1'), ...view.linesOf('order-2')]
        : view.linesOf(request.orderKey);
      const line = lines.find(({ key, product }) => !known.has(key) && product === request.item.product?.id);
      if (!line) return noTrace;
      return applied({ lineItemKey: line.key, ...(line.order !== request.orderKey && { orderKey: line.order }) });
    }
    case 'CONVERT_TO_SUBSCRIPTION': {
      const row = view.subscriptions().find((each) => each.line === request.lineItemKey);
      return row ? applied({ subscriptionKey: row.key }) : noTrace;
    }
    case 'CHANGE_UPSELL_ITEM_QUANTITY': {
      const line = view.line(request.lineItemKey);
      if (!line) return { state: 'unclear', problem: null };
      const quantity = view.quantityOf(line);
      if (quantity === request.quantity) return applied({ lineItemKey: line.key });
      const { quantity: before } = Object(progress.snapshot.context);
      return before === String(quantity) ? noTrace : { state: 'unclear', problem: null };
    }
    case 'REMOVE_UPSELL_ITEM':
      return view.line(request.lineItemKey) ? noTrace : applied({ removedLineItemKey: request.lineItemKey });
    case 'DECLINE_UPSELL_OFFER':
      return noTrace;
  }
}
