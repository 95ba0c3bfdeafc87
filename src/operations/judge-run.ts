import { type Listing, valueOf } from '../domain/lookup.js';
import type { Operation, OperationStep } from '../domain/operation.js';
import { joinProblems, problemOf, type ProviderProblem } from '../domain/problem.js';
import type { EntityRef } from '../domain/reference.js';
import type { LineItem } from '../domain/line-item.js';
import type { LostAnswer, OrderView, StepResult, WriteProgress, Writer, WriteRequest } from '../domain/write.js';
import { lineNameAfter, lineNamed, outcomeNotTold, outcomeUnknown } from './claim.js';
import { isClosedAtProvider, judge, type StepAnswer, type Verdict } from './outcome/judge.js';
import { changedSince, claimsOf, disputedAmong, resultsOf } from './related-writes.js';
import { startStep } from './step-timer.js';
import type { WriteRun } from './write-run.js';

/** A verdict, and the view it was read off. */
export interface Judged {
  readonly verdict: Verdict;
  readonly view: OrderView;
}

/** Waits between looks, in milliseconds; the last repeats: most providers show a write at once, some lag. */
const WAITS = [100, 300, 700, 1500];

/**
 * Looks until what became of the write is settled, or until the provider has had its time to settle. `answer`: what was
 * said of the step in flight; null when all steps that were sent are confirmed.
 */
export async function lookUntilJudged(run: WriteRun, answer: StepAnswer | null): Promise<Judged> {
  const startedMs = run.budget.elapsedMs();
  for (let look = 0; ; look += 1) {
    const ageMs = run.budget.elapsedMs() - startedMs;
    const judged = await lookOnce(run, answer, ageMs);
    if (!judged.verdict.mayChange || ageMs >= run.settlingMs) return judged;
    // From here on it takes a while: what is known must not be lost with this process.
    if (look === 0) await run.journal.store();
    const wait = WAITS[Math.min(look, WAITS.length - 1)] ?? 0;
    if (!(await run.budget.pause(wait))) return judged;
  }
}

/** Looks once, however long ago the write was sent. */
export async function lookOnce(run: WriteRun, answer: StepAnswer | null, ageMs: number): Promise<Judged> {
  const { inFlightStep } = run.journal.operation;
  const said = answer ?? { said: 'nothing', problem: null };
  const lost = inFlightStep !== null && isInDoubt(said) ? { begunAt: run.journal.operation.createdAt } : null;
  return lookAndJudge(run, ageMs, (step) => (step === inFlightStep?.name ? said : { said: 'unsent' }), lost);
}

/** Looks for the rest of a write that was left half done long ago, as if its answers had been lost. */
export async function lookForRest(run: WriteRun): Promise<Judged> {
  return lookAndJudge(run, Number.POSITIVE_INFINITY, () => ({ said: 'nothing', problem: null }));
}

/** Whether only reads tell what was done. */
function isInDoubt(answer: StepAnswer): boolean {
  return answer.said === 'nothing' || (answer.said === 'refused' && !answer.isDocumented);
}

async function lookAndJudge(
  run: WriteRun,
  ageMs: number,
  answerTo: (step: string) => StepAnswer,
  lost: LostAnswer | null = null,
): Promise<Judged> {
  const { request, progress, plannedSteps, baseline, orderRef } = run.journal.operation;
  if (!progress) throw new TypeError('a write that recorded nothing is judged');
  const begunAt = run.now();
  const [view, here] = await Promise.all([look(run.writer(), request, progress), othersOn(run)]);
  const closedForMs = noteClosed(run, view, begunAt);

  const judgeView = async (after: OrderView): Promise<Judged> => {
    const grown = grownElsewhere(progress, after);
    const others = [...here, ...(await othersOf(run, grown, unclaimed(here, progress, after)))];
    const verdict = judge({
      request,
      orderKey: orderRef?.key ?? null,
      steps: plannedSteps.map((planned) => {
        const result = progress.done[planned.name];
        return { planned, answer: result ? { said: 'confirmed', result } : answerTo(planned.name) };
      }),
      before: progress.before,
      baseline,
      after,
      others: claimsOf(others, run.journal.operation),
      changedByOthers: changedSince(others, run.journal.operation),
      disputed: disputedAmong(grown, others),
      ageMs,
      closedForMs,
      settlingMs: run.settlingMs,
    });
    return { verdict, view: after };
  };

  const judged = await judgeView(view);
  if (lost === null || !judged.verdict.steps.some(({ conclusion }) => conclusion === 'NOT_DONE')) return judged;
  const elsewhere = await lookElsewhere(run.writer(), request, progress, lost);
  return elsewhere ? judgeView({ ...view, elsewhere: joinListings(view.elsewhere, elsewhere) }) : judged;
}

/** Reads where else a step may have had its effect; null where `look` has read all of it. */
async function lookElsewhere(
  writer: Writer<WriteRequest>,
  request: WriteRequest,
  progress: WriteProgress,
  lost: LostAnswer,
): Promise<Listing<LineItem> | null> {
  try {
    return (await writer.lookElsewhere?.(request, progress, lost)) ?? null;
  } catch (error) {
    return { items: [], problem: problemOf(error) };
  }
}

function joinListings(some: Listing<LineItem> | null, more: Listing<LineItem>): Listing<LineItem> {
  const items = new Map([...(some?.items ?? []), ...more.items].map((line) => [line.ref.key, line]));
  return { items: [...items.values()], problem: joinProblems(some?.problem ?? null, more.problem) };
}

/**
 * Notes that a look shows the order closed. Returns how long before this look one first did; null when none did, or the
 * order is open.
 */
function noteClosed({ journal, now }: WriteRun, { order }: OrderView, begunAt: Date): number | null {
  const { inFlightStep } = journal.operation;
  if (inFlightStep === null || order.state !== 'found') return null;
  const isClosed = isClosedAtProvider(order.value);
  const { seenClosedAt } = inFlightStep;
  if (isClosed && seenClosedAt !== null) return begunAt.getTime() - seenClosedAt.getTime();
  journal.note({ inFlightStep: { ...inFlightStep, seenClosedAt: isClosed ? now() : null } });
  return null;
}

async function look(writer: Writer<WriteRequest>, request: WriteRequest, progress: WriteProgress): Promise<OrderView> {
  try {
    return await writer.look(request, progress);
  } catch (error) {
    return unreadable(problemOf(error));
  }
}

/** Lists the other writes on the order. A running write has it for itself: what was read as it began is still so. */
async function othersOn({ ledger, related, journal: { operation } }: WriteRun): Promise<readonly Operation[]> {
  const { id, lockName } = operation;
  if (related.others !== null || lockName === null) return related.others ?? [];
  return (await ledger.onOrder([lockName])).filter((other) => other.id !== id);
}

/**
 * Writes on the other orders where there is more than before, and those whose line a provider has put where it is new: it
 * may be what they did.
 */
async function othersOf(
  run: WriteRun,
  grown: readonly LineItem[],
  lines: readonly LineItem[],
): Promise<readonly Operation[]> {
  const { id, account, lockName } = run.journal.operation;
  const orders = grown.map(({ orderRef }) => run.lockName(orderRef.key)).filter((name) => name !== lockName);
  const names = new Set([...orders, ...lines.map(({ ref }) => lineNamed(account, ref.key))]);
  if (names.size === 0) return [];
  // Writes on this order are known.
  return (await run.ledger.onOrder([...names])).filter((other) => other.id !== id && other.lockName !== lockName);
}

/** Lines that are new, and that no write known so far has made. */
function unclaimed(
  here: readonly Operation[],
  { before, done }: WriteProgress,
  { lines, elsewhere }: OrderView,
): readonly LineItem[] {
  const made = [...Object.values(done), ...here.flatMap(resultsOf)].map(({ lineItemKey }) => lineItemKey);
  const also = here.flatMap(({ progress }) => progress?.also ?? []);
  const known = new Set([
    ...made,
    ...also,
    ...[...(before?.lines ?? []), ...(before?.elsewhere ?? [])].map(({ key }) => key),
  ]);
  return [...lines.items, ...(elsewhere?.items ?? [])].filter(({ ref }) => !known.has(ref.key));
}

function grownElsewhere({ before }: WriteProgress, { elsewhere }: OrderView): readonly LineItem[] {
  const was = new Map((before?.elsewhere ?? []).map(({ key, quantity }) => [key, quantity]));
  return (elsewhere?.items ?? []).filter(({ ref, quantity }) => quantity > (was.get(ref.key) ?? 0));
}

/** Records what was judged: settles, or rests until the next look. */
export async function settleVerdict(run: WriteRun, { verdict, view }: Judged): Promise<void> {
  const { journal } = run;
  const { operation } = journal;
  const { status, effect, differences, keys } = verdict;
  journal.note({
    progress: operation.progress && {
      ...operation.progress,
      done: doneBy(operation, verdict),
      ...(verdict.also.length > 0 && { also: verdict.also }),
    },
    lineName: lineNameAfter(operation, keys),
  });
  if (status === 'SUCCEEDED' || status === 'PARTIAL') await remember(run);
  await journal.settle({
    status,
    effect,
    differences,
    errors: errorsOf(operation, verdict),
    ...refsOf(operation, keys),
    // A checkout has no order before it is finished, and a lost answer names none: it is the one that was seen.
    ...(operation.orderRef === null &&
      keys.orderKey === undefined &&
      status === 'SUCCEEDED' && { orderRef: valueOf(view.order)?.ref ?? null }),
  });
}

function errorsOf({ id, account }: Operation, { status, effect, errors, mayBeOn }: Verdict): Operation['errors'] {
  if (status === 'INDETERMINATE') return [{ ...outcomeUnknown(id), effect }];
  if (mayBeOn === null) return errors;
  return [
    {
      ...outcomeNotTold(
        id,
        mayBeOn.map((key) => refTo('Order', account, key)),
      ),
      effect,
    },
  ];
}

/** Lets the provider keep what a write that is in force means for later reads. A failure costs no more than that. */
async function remember(run: WriteRun): Promise<void> {
  const { request, progress } = run.journal.operation;
  if (!progress) return;
  try {
    await run.writer().remember?.(request, progress);
  } catch (error) {
    run.report('what a write did could not be remembered', error);
  }
}

/** Returns the results of the steps that are seen in force. */
function doneBy({ progress }: Operation, { steps }: Verdict): Readonly<Record<string, StepResult>> {
  const seen = steps.flatMap(({ name, conclusion, keys }) => (conclusion === 'DONE' ? [[name, keys] as const] : []));
  return { ...progress?.done, ...Object.fromEntries(seen) };
}

function refsOf(operation: Operation, { orderKey, lineItemKey, subscriptionKey }: StepResult) {
  const { account, orderRef, lineItemRef, subscriptionRef } = operation;
  return {
    orderRef: orderKey === undefined ? orderRef : refTo('Order', account, orderKey),
    lineItemRef: lineItemKey === undefined ? lineItemRef : refTo('LineItem', account, lineItemKey),
    subscriptionRef:
      subscriptionKey === undefined ? subscriptionRef : refTo('SubscriptionContract', account, subscriptionKey),
  };
}

function refTo<Type extends EntityRef['type']>(type: Type, account: string, key: string): EntityRef<Type> {
  return { type, account, key };
}

/** Starts the record of the look itself. */
export function startLook(run: WriteRun): (judged: Judged) => OperationStep {
  const finish = startStep('read_back', run);
  return ({ verdict }) => finish(verdict.mayChange ? 'UNKNOWN' : 'DONE', 1, verdict.gap);
}

function unreadable(found: ProviderProblem): OrderView {
  return {
    order: { state: 'failed', problem: found },
    lines: { items: [], problem: found },
    elsewhere: null,
    subscriptions: null,
    marks: {},
    facts: {},
    changeMark: null,
  };
}
