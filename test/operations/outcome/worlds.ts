import * as fc from 'fast-check';
import { availability } from '../../../src/domain/eligibility.js';
import type { LineItem } from '../../../src/domain/line-item.js';
import { failed, found, type Listing } from '../../../src/domain/lookup.js';
import { fromInstant, unknownMoment } from '../../../src/domain/moment.js';
import { Money } from '../../../src/domain/money.js';
import type { Order, OrderStatus } from '../../../src/domain/order.js';
import { problem } from '../../../src/domain/problem.js';
import type { EntityRef, EntityType } from '../../../src/domain/reference.js';
import { notEligible, providerFailed } from '../../../src/domain/refusal.js';
import { type Subscription, type SubscriptionStatus, unstatedTerms } from '../../../src/domain/subscription.js';
import type { AddItem, Expected, OrderView, StepResult } from '../../../src/domain/write.js';
import type { Evidence, StepAnswer } from '../../../src/operations/outcome/judge.js';
import { toOrderBefore } from '../../../src/operations/outcome/order-before.js';
import { viewOf } from '../../../src/providers/kit/order-view.js';
import { LINE, OFFER, type PlanShape, PRODUCT, PURCHASE } from './plan-shapes.js';

/** What really became of one step, whatever is said and shown. */
export type Fate =
  | 'done'
  | 'not_done'
  /** Done with less than was asked. */
  | 'capped'
  /** Put onto another order. */
  | 'moved'
  /** Added to a line that was there, which keeps its own marks. */
  | 'merged'
  /** A subscription that was not paid. */
  | 'failing';

export type Said = 'confirmed' | 'refused' | 'refused undocumented' | 'not applied' | 'not sent' | 'silence' | 'unsent';

/** What else changed at the provider meanwhile. */
export type Noise =
  | 'shipping'
  | 'mark'
  | 'other line gone'
  | 'other line more'
  | 'other line new'
  | 'payment failed'
  | 'order cancelled'
  | 'theirs elsewhere'
  /** The request was worked off a second time, on another order. */
  | 'again elsewhere';

export type Gap = 'order' | 'lines' | 'elsewhere' | 'subscriptions' | 'facts' | 'before';

/** A provider's books before and after, and how much of them is seen. */
export interface World {
  readonly plan: PlanShape;
  readonly fates: readonly Fate[];
  readonly said: readonly Said[];
  readonly noise: readonly Noise[];
  readonly gaps: readonly Gap[];
  readonly isClosed: boolean;
  /** Our own margin keeps new writes from the order, and its provider takes what is underway. */
  readonly isWithinMargin: boolean;
  /** How long before it was first seen closed; null when it is seen so for the first time, or is open. */
  readonly closedForMs: number | null;
  readonly ageMs: number;
}

export const SETTLING_MS = 5_000;

export function worldsOf(plan: PlanShape): fc.Arbitrary<World> {
  const fate = fc.constantFrom<Fate>('done', 'done', 'not_done', 'not_done', 'capped', 'moved', 'merged', 'failing');
  const final = fc.constantFrom<Said>(
    'confirmed',
    'refused',
    'refused undocumented',
    'not applied',
    'not sent',
    'silence',
  );
  return fc
    .record({
      fates: fc.array(fate, { minLength: plan.steps.length, maxLength: plan.steps.length }),
      /** Steps before it are confirmed, those after it unsent. */
      at: fc.nat(plan.steps.length - 1),
      final,
      noise: fc.subarray<Noise>(
        [
          'shipping',
          'mark',
          'other line gone',
          'other line more',
          'other line new',
          'payment failed',
          'order cancelled',
          ...(plan.moves ? ['theirs elsewhere' as const] : []),
        ],
        { maxLength: 2 },
      ),
      gaps: fc.subarray<Gap>(gapsOf(plan), { maxLength: 1 }),
      isQuiet: fc.boolean(),
      isWhole: fc.boolean(),
      closing: fc.constantFrom('open', 'open', 'within margin', 'closed'),
      closedForMs: fc.constantFrom(null, 0, SETTLING_MS - 1, SETTLING_MS, 60_000),
      /** The ledger lost what it knew of the steps after the first, which were all carried out as asked. */
      forgets: fc.integer({ min: 1, max: 8 }).map((one) => one === 8),
      isRepeated: canRepeat(plan) ? fc.integer({ min: 1, max: 8 }).map((one) => one === 8) : fc.constant(false),
      ageMs: fc.constantFrom(0, SETTLING_MS, 60_000, 599_999, 600_000, 86_400_000),
    })
    .map(
      ({ fates, at, final: last, noise, gaps, isQuiet, isWhole, closing, closedForMs, forgets, isRepeated, ageMs }) => {
        const isForgotten = forgets && at === 0 && last === 'silence';
        const isClosed = closing === 'closed';
        const said = plan.steps.map((_step, index): Said =>
          index < at ? 'confirmed' : index === at ? last : 'unsent',
        );
        const world: World = {
          plan,
          // What was confirmed was done in some way, what was not sent was not.
          fates: fates.map((each, index): Fate => {
            if (isForgotten) return 'done';
            if (index > at || (index === at && last === 'not sent')) return 'not_done';
            return index < at && each === 'not_done' ? 'done' : each;
          }),
          said,
          noise: isQuiet ? [] : noise,
          gaps: isWhole ? [] : gaps,
          isClosed,
          isWithinMargin: closing === 'within margin',
          closedForMs: isClosed && closedForMs !== null ? Math.min(closedForMs, ageMs) : null,
          ageMs,
        };
        return isRepeated ? repeated(world) : believed(world);
      },
    );
}

/** Leaves other orders out where an answer is believed whose rule says that the item is on none of them. */
function believed(world: World): World {
  const { plan, fates, said, gaps } = world;
  const isRuledOut = (at: number) => staysAt(plan, at) && ['refused', 'not applied'].includes(said[at] ?? '');
  return {
    ...world,
    fates: fates.map((fate, index) => (fate === 'moved' && isRuledOut(index) ? 'not_done' : fate)),
    gaps: plan.readsOthersLate && !isInDoubt(world) ? gaps.filter((gap) => gap !== 'elsewhere') : gaps,
  };
}

/** Whether what the order shows is all that will ever be on it. */
export function isClosedForGood({ isClosed, closedForMs }: World): boolean {
  return isClosed && closedForMs !== null && closedForMs >= SETTLING_MS;
}

/** Makes of a world one in which the first step was worked off twice, the second time on another order. */
function repeated(world: World): World {
  const fates = world.fates.map((fate, index): Fate => (index === 0 ? 'done' : fate));
  const said = world.said.map((each, index): Said => (index === 0 ? 'confirmed' : each));
  const gaps: readonly Gap[] = world.gaps.length > 0 ? ['lines'] : [];
  return { ...world, fates, said, gaps, noise: ['again elsewhere'] };
}

function canRepeat(plan: PlanShape): boolean {
  return plan.moves && plan.steps[0]?.expects[0]?.kind === 'line_added' && !staysAt(plan, 0);
}

/** Whether the provider says that it puts what a step adds on no other order. */
function staysAt({ steps }: PlanShape, index: number): boolean {
  return (steps[index]?.expects ?? []).some((each) => each.kind === 'line_added' && each.stays === true);
}

/** What of a view such a plan is judged by. */
function gapsOf({ moves, steps }: PlanShape): Gap[] {
  const makes = steps.some(({ expects }) => expects.some(({ kind }) => kind === 'subscription_made'));
  return [
    'order',
    'lines',
    'facts',
    'before',
    ...(moves ? ['elsewhere' as const] : []),
    ...(makes ? ['subscriptions' as const] : []),
  ];
}

/** Whether anything a step asked for is in force. */
export function isAnyInForce({ fates }: World): boolean {
  return fates.some((fate) => fate !== 'not_done');
}

function isInDoubt({ said }: World): boolean {
  return said.includes('silence') || said.includes('refused undocumented');
}

export function evidenceOf(world: World): Evidence {
  const { plan, gaps, ageMs } = world;
  const before = new Books(plan);
  const after = new Books(plan);
  const named = plan.steps.map((step, index) => after.apply(step.expects, world.fates[index] ?? 'not_done', index));
  for (const noise of world.noise) after.disturb(noise);
  if (world.isClosed) after.close();
  if (world.isWithinMargin) after.keepFromNewWrites();
  // Of what is read late nothing was read before.
  const seenBefore = { ...before.view([]), ...(plan.readsOthersLate && { elsewhere: null }) };
  const isReadBeside = !plan.readsOthersLate || isInDoubt(world) || world.fates.includes('moved');
  const seenAfter = after.view(gaps);
  return {
    request,
    orderKey: 'order-1',
    steps: plan.steps.map((planned, index) => ({
      planned,
      answer: answerOf(world.said[index] ?? 'unsent', named[index] ?? {}),
    })),
    before: gaps.includes('before') ? null : toOrderBefore(before.order(), seenBefore),
    baseline: { orderTotal: before.order().totals?.total ?? null, expectedIncrease: usd(100_000), maxIncrease: null },
    after: isReadBeside ? seenAfter : { ...seenAfter, elsewhere: null },
    others: [],
    changedByOthers: new Set(),
    disputed: new Set(after.disputed()),
    ageMs,
    closedForMs: world.closedForMs,
    settlingMs: SETTLING_MS,
  };
}

const request: AddItem = {
  kind: 'ADD_UPSELL_ITEM',
  orderKey: 'order-1',
  item: { offerKey: null, product: { id: PRODUCT, handle: null, variantId: null } },
  quantity: 2,
  subscribe: null,
  ifPresent: 'ADD',
  ifTargetMoved: 'ACCEPT',
};

const silent = problem('TIMEOUT', 'No answer.');
export const documented = notEligible([]);
const undocumented = providerFailed(problem('REJECTED', 'HTTP 400.'), 'NEW_REQUEST');

function answerOf(said: Said, result: StepResult): StepAnswer {
  switch (said) {
    case 'confirmed':
      return { said, result };
    case 'refused':
      return { said, refusal: documented, isDocumented: true };
    case 'refused undocumented':
      return { said: 'refused', refusal: undocumented, isDocumented: false };
    case 'not applied':
      return { said: 'not_applied', problem: problem('RATE_LIMITED', 'HTTP 429.') };
    case 'not sent':
      return { said: 'not_applied', problem: { ...silent, notSent: 'QUEUE_FULL' } };
    case 'silence':
      return { said: 'nothing', problem: silent };
    case 'unsent':
      return { said };
  }
}

const UNIT = 400;
const THEIRS = 'line-theirs';

interface Line {
  readonly key: string;
  readonly order: string;
  readonly product: string;
  quantity: number;
  recurring: boolean;
  readonly mark: string | null;
}

interface Made {
  readonly key: string;
  readonly status: SubscriptionStatus;
  readonly quantity: number;
  readonly mark: string | null;
}

/** The provider's books, small: an order with two lines, another order, a subscription, an offer and a purchase. */
class Books {
  private lines: Line[] = [
    { key: LINE, order: 'order-1', product: PRODUCT, quantity: 2, recurring: false, mark: null },
    { key: 'line-other', order: 'order-1', product: 'product-2', quantity: 1, recurring: false, mark: null },
    { key: 'line-elsewhere', order: 'order-2', product: 'product-3', quantity: 1, recurring: false, mark: null },
  ];
  private made: Made[] = [{ key: 'subscription-old', status: 'ACTIVE', quantity: 1, mark: null }];
  private facts: Record<string, string> = { [OFFER]: 'offered', [PURCHASE]: 'kept' };
  private shipping = 599;
  private mark = 1;
  private status: OrderStatus;
  private isClosed = false;
  private closesAt: Date | null = null;

  constructor(private readonly plan: PlanShape) {
    this.status = plan.kind === 'UPCOMING' ? 'SCHEDULED' : 'OPEN_FOR_UPSELL';
  }

  apply(expects: readonly Expected[], fate: Fate, index: number): StepResult {
    if (fate === 'not_done') return {};
    this.mark += 1;
    return expects.reduce<StepResult>((keys, expected) => ({ ...keys, ...this.applyOne(expected, fate, index) }), {});
  }

  private applyOne(expected: Expected, fate: Fate, index: number): StepResult {
    switch (expected.kind) {
      case 'line_added': {
        const key = `line-new-${index}`;
        const order = fate === 'moved' && this.plan.moves ? 'order-2' : 'order-1';
        const quantity = fate === 'capped' ? 1 : expected.quantity;
        const { recurring, mark, productId } = expected;
        const own = this.lines.find((line) => line.key === LINE && line.recurring === recurring);
        if (fate === 'merged' && own) {
          own.quantity += quantity;
          return { lineItemKey: LINE };
        }
        this.lines.push({ key, order, product: productId, quantity, recurring, mark });
        return { lineItemKey: key };
      }
      case 'line_changed': {
        const quantity = fate === 'capped' ? 3 : expected.quantity;
        const order = fate === 'moved' && this.plan.moves ? 'order-2' : 'order-1';
        const line = this.lines.find(({ key }) => key === expected.lineItemKey);
        const rest = this.lines.filter(({ key }) => key !== expected.lineItemKey);
        const key = order === 'order-1' ? expected.lineItemKey : 'line-put-elsewhere';
        this.lines = [
          ...rest,
          { key, order, product: PRODUCT, quantity, recurring: line?.recurring ?? false, mark: null },
        ];
        return { lineItemKey: key };
      }
      case 'line_gone':
        this.lines = this.lines.filter(({ key }) => key !== expected.lineItemKey);
        return { removedLineItemKey: expected.lineItemKey };
      case 'line_recurs': {
        const line = this.lines.find(({ key }) => key === (expected.lineItemKey ?? 'line-new-0'));
        if (line) line.recurring = true;
        return line ? { lineItemKey: line.key } : {};
      }
      case 'subscription_made': {
        const key = `subscription-new-${index}`;
        const quantity = fate === 'capped' ? 1 : (expected.quantity ?? 1);
        this.made.push({ key, status: fate === 'failing' ? 'PAST_DUE' : 'ACTIVE', quantity, mark: expected.mark });
        return { subscriptionKey: key };
      }
      case 'fact':
        this.facts = { ...this.facts, [expected.name]: expected.value };
        return {};
    }
  }

  disturb(noise: Noise): void {
    const other = this.lines.find(({ key }) => key === 'line-other');
    switch (noise) {
      case 'shipping':
        this.shipping = 0;
        break;
      case 'mark':
        this.mark += 1;
        break;
      case 'other line gone':
        this.lines = this.lines.filter((line) => line !== other);
        break;
      case 'other line more':
        if (other) other.quantity += 1;
        break;
      case 'other line new':
        this.lines.push({
          key: 'line-noise',
          order: 'order-1',
          product: 'product-9',
          quantity: 1,
          recurring: false,
          mark: null,
        });
        break;
      case 'theirs elsewhere':
      case 'again elsewhere': {
        const expected = this.plan.steps.flatMap(({ expects }) => expects).find(({ kind }) => kind === 'line_added');
        const recurring = expected?.kind === 'line_added' && expected.recurring;
        const isOurs = noise === 'again elsewhere';
        const mark = isOurs && expected?.kind === 'line_added' ? expected.mark : null;
        const key = isOurs ? 'line-again' : THEIRS;
        this.lines.push({ key, order: 'order-2', product: PRODUCT, quantity: 2, recurring, mark });
        break;
      }
      case 'payment failed':
        this.status = 'PAYMENT_FAILED';
        break;
      case 'order cancelled':
        this.status = 'CANCELLED';
        break;
    }
  }

  /** Lines of another order which a write on it, that is still open, may have added. */
  disputed(): readonly string[] {
    return this.lines.flatMap(({ key }) => (key === THEIRS ? key : []));
  }

  close(): void {
    this.isClosed = true;
    if (this.status !== 'PAYMENT_FAILED' && this.status !== 'CANCELLED') this.status = 'PLACED';
  }

  /** A funnel that is over by our clock has a placed order; an order to come stays scheduled. */
  keepFromNewWrites(): void {
    this.isClosed = true;
    this.closesAt = new Date(30_000);
    if (this.status === 'OPEN_FOR_UPSELL') this.status = 'PLACED';
  }

  order(): Order {
    const subtotal = this.on('order-1').reduce((sum, { quantity }) => sum + quantity * UNIT, 0);
    return {
      id: 'order-1',
      ref: refTo('Order', 'order-1'),
      providerId: 'order-1',
      displayNumber: null,
      kind: this.plan.kind,
      status: this.status,
      providerStatus: this.status,
      customerId: 'customer-1',
      scheduled: unknownMoment,
      window: {
        state: this.isClosed ? 'CLOSED' : 'OPEN',
        closesAt: this.closesAt && fromInstant(this.closesAt),
        secondsLeft: null,
        asOf: new Date(0),
      },
      totals: {
        subtotal: usd(subtotal),
        discount: null,
        tax: null,
        taxIncluded: null,
        shipping: usd(this.shipping),
        fees: null,
        total: usd(subtotal + this.shipping),
        estimated: false,
      },
      observedAt: new Date(0),
    };
  }

  private on(order: string): readonly Line[] {
    return this.lines.filter((line) => line.order === order);
  }

  view(gaps: readonly Gap[]): OrderView {
    const { facts } = this;
    const makes = this.plan.steps.some(({ expects }) => expects.some(({ kind }) => kind === 'subscription_made'));
    const listing = <T>(gap: Gap, items: readonly T[]): Listing<T> =>
      gaps.includes(gap) || gaps.includes('order') ? { items: [], problem: unavailable } : { items, problem: null };
    const marked = [...this.lines, ...this.made].flatMap(({ key, mark }) =>
      mark === null ? [] : [[key, mark] as const],
    );
    return viewOf({
      order: gaps.includes('order') ? failed(unavailable) : found(this.order()),
      lines: listing('lines', this.on('order-1').map(toLine)),
      elsewhere: this.plan.moves ? listing('elsewhere', this.on('order-2').map(toLine)) : null,
      subscriptions: makes ? listing('subscriptions', this.made.map(toSubscription)) : null,
      marks: Object.fromEntries(marked),
      facts: gaps.includes('facts') || gaps.includes('order') ? {} : facts,
      changeMark: gaps.includes('order') ? null : String(this.mark),
    });
  }
}

const unavailable = problem('UNAVAILABLE', 'HTTP 503.');

function toLine({ key, order, product, quantity, recurring }: Line): LineItem {
  return {
    id: key,
    ref: refTo('LineItem', key),
    orderRef: refTo('Order', order),
    providerId: key,
    product: { id: product, ref: refTo('Product', product), providerId: product },
    quantity,
    purchaseMode: recurring ? 'SUBSCRIPTION' : 'ONE_TIME',
    origin: 'UNKNOWN',
    title: null,
    variantTitle: null,
    imageUrl: null,
    unitPrice: usd(UNIT),
    compareAtTotal: null,
    discount: null,
    fees: null,
    tax: null,
    taxIncluded: null,
    total: usd(UNIT * quantity),
    locked: null,
    stockHeld: null,
    subscriptionRef: null,
    terms: null,
    removal: availability([]),
    conversion: availability([]),
  };
}

function toSubscription({ key, status, quantity }: Made): Subscription {
  return {
    id: key,
    ref: refTo('SubscriptionContract', key),
    providerId: key,
    status,
    providerStatus: status,
    customerId: 'customer-1',
    lines: [
      {
        providerId: key,
        product: {
          id: PRODUCT,
          ref: refTo('Product', PRODUCT),
          providerId: key === 'subscription-old' ? 'old' : PRODUCT,
        },
        quantity,
        unitPrice: null,
      },
    ],
    terms: { ...unstatedTerms, deliveryFrequency: { every: 4, unit: 'WEEK' } },
    startDate: null,
    nextDelivery: null,
    endsAt: null,
    pendingChanges: [],
    dunning: null,
    observedAt: new Date(0),
  };
}

function usd(minor: number): Money {
  return new Money(BigInt(minor), 'USD', 'PROVIDER');
}

function refTo<T extends EntityType>(type: T, key: string): EntityRef<T> {
  return { type, account: 'sim', key };
}
