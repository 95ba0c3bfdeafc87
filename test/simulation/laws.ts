import type { KnownEffect } from '../../src/domain/known-effect.js';
import { isSettled, type Operation } from '../../src/domain/operation.js';
import type { WriteRequest } from '../../src/domain/write.js';
import { LedgerUnavailable } from '../../src/operations/ledger.js';
import type { WriteResult } from '../../src/operations/write-command.js';
import { type Author, type Books, type Effect, PRICE } from './books.js';
import type { Coverage } from './coverage.js';
import type { Faults } from './faults.js';
import type { LedgerStore } from './ledger-store.js';
import type { ProtocolKind } from './protocol-kinds.js';
import { protocolArrows, stateOf } from './protocol-states.js';
import type { Life } from './replica.js';
import { EPOCH, type World } from './world.js';

/** What must hold after every step of every schedule. The numbers are those of the laws in the design. */
export const lawNames = {
  'one decision, one effect':
    'a decision is carried out at most once, however often and with whatever advice it is asked again',
  'nothing changed is true': 'REJECTED or FAILED is never told of a write that is in force or comes later (1, 6)',
  'effect is true':
    'what is told of the effect is so in the books, and where nothing of it is in force nothing comes later',
  'a new request is safe':
    'a new request is never advised of one that is in force or comes later, but for the rest of it',
  'what deviates is told': 'SUCCEEDED names every way in which the provider did otherwise (2)',
  'paid is paid': 'SUCCEEDED is not told while the payment has failed (4)',
  'every operation ends': 'once faults have ended every operation settles and every client has its answer (5)',
  'replies agree': 'two replies about one operation never contradict each other (6)',
  'settled stays settled': 'a settled operation is not changed in the ledger',
  'success is in the books': 'SUCCEEDED is told only of what the provider holds, and names its own records',
  'partial is partial': 'PARTIAL is told only when a part is in force and a part is not',
  'on record first': 'what leaves was recorded before, and leaves once',
  'nothing leaves late': 'nothing leaves for an operation that another process went on with (8)',
  'one writer an order':
    'nothing leaves for an order while another write on it runs, or one of the same product is open',
  'nothing unexpected': 'no request fails by an error other than a ledger that cannot be reached',
  'along the arrows': 'an operation goes from state to state only as the protocol draws it',
} as const;

export type Law = keyof typeof lawNames;

interface Told {
  readonly status: Operation['status'];
  readonly effect: KnownEffect;
  /** Told once what became of it is settled: what is told meanwhile may be out of date as it arrives. */
  readonly isHarmless: boolean;
  readonly isAdvised: boolean;
}

/** Effects by which nothing of a write is in force. */
const harmless: ReadonlySet<KnownEffect> = new Set(['NOT_SENT', 'UNCHANGED', 'RESTORED']);

function toTold(operation: Operation): Told {
  const { status, effect, errors } = operation;
  return {
    status,
    effect,
    isHarmless:
      isSettled(operation) &&
      [effect, ...errors.map((each) => each.effect ?? effect)].some((each) => harmless.has(each)),
    isAdvised: status !== 'PARTIAL' && errors.some(({ retry }) => retry === 'NEW_REQUEST'),
  };
}

/** Watches the provider's books, the ledger and everything told to clients. */
export class Laws {
  private readonly authors = new WeakMap<WriteRequest, Author>();
  private readonly told = new Map<string, Told>();
  private readonly left = new Set<string>();
  /** Operations with a write underway, by the order they write to. */
  private readonly writing = new Map<string, Set<string>>();

  constructor(
    private readonly world: World,
    private readonly faults: Faults,
    private readonly books: Books,
    private readonly kind: ProtocolKind,
    private readonly coverage: Coverage,
  ) {}

  store: LedgerStore | null = null;
  /** After this long an open operation stands in nobody's way. */
  giveUpMs = Number.POSITIVE_INFINITY;
  /** Keys of requests that ended by an error: their process sends nothing more. */
  private readonly abandoned = new Set<string>();

  register(request: WriteRequest, author: Author): void {
    this.authors.set(request, author);
  }

  authorOf(request: WriteRequest): Author {
    const author = this.authors.get(request);
    if (!author) throw new Error('a write that no shopper asked for');
    return author;
  }

  saved(before: Operation | null, after: Operation, leaseUntil: number | null): void {
    const from = before ? stateOf(before, 1) : 'new';
    const to = stateOf(after, leaseUntil);
    this.coverage.note(from, to);
    this.world.tell(() => `Replica ${this.world.writer} stores key ${keyIn(after)} as "${to}".`);
    if (after.status === 'SUCCEEDED') this.checkPayment(after);
    const made = this.inForce(after.id)[0];
    if (made && harmless.has(after.effect) && !this.isForgetful)
      this.accuse('effect is true', `key ${keyIn(after)} is stored as ${after.effect}; ${made.record} is in force`);
    if (before && isSettled(before)) this.accuse('settled stays settled', `${keyIn(after)} went from ${from} to ${to}`);
    if (!protocolArrows[from].includes(to))
      this.accuse('along the arrows', `${keyIn(after)} went from ${from} to ${to}`);
  }

  /** What the ledger forgot it cannot tell, and another operation of the same decision may have done. */
  private get isForgetful(): boolean {
    return this.faults.isOn('ledger failover');
  }

  private inForce(operationId: string): readonly Effect[] {
    return this.books.effects.filter((each) => each.operationId === operationId && each.isInForce);
  }

  /** As it settles: a write that comes later may fail to be paid for itself. */
  private checkPayment(operation: Operation): void {
    const { request } = operation;
    if (request.kind !== 'ADD_UPSELL_ITEM') return;
    if (this.books.at(this.world.now).statusOf(request.orderKey) !== 'PAYMENT_FAILED') return;
    this.accuse('paid is paid', `key ${keyIn(operation)} is told SUCCEEDED; the payment has failed`);
  }

  departing(life: Life, request: WriteRequest, step: string): void {
    const { key } = this.authorOf(request);
    const intent = life.intents.get(request);
    const operation = intent && this.store?.byId(intent.id);
    if (!intent) return this.accuse('on record first', `${step} of key ${key} leaves without an intent`);
    const sending = `${intent.id} ${step}`;
    if (this.left.has(sending)) this.accuse('on record first', `${step} of key ${key} leaves a second time`);
    this.left.add(sending);
    if (!this.isForgetful && operation?.version !== intent.version) {
      this.accuse('nothing leaves late', `${step} of key ${key} leaves although another process went on with it`);
    }
    this.enter(orderOf(this.books, request, this.kind), intent.id, key);
  }

  private enter(order: string, operationId: string, key: string): void {
    const writers = this.writing.get(order) ?? new Set();
    this.writing.set(order, writers);
    for (const other of writers) {
      const isInTheWay =
        (this.store?.isRunning(other, EPOCH + this.world.now) === true && !this.isAbandoned(other)) ||
        this.isAlikeAndOpen(operationId, other);
      if (other !== operationId && isInTheWay && !this.isForgetful) {
        this.accuse('one writer an order', `${key} writes to ${order} while another write on it is open`);
      }
    }
    writers.add(operationId);
  }

  private isAbandoned(operationId: string): boolean {
    return this.abandoned.has(this.store?.byId(operationId)?.idempotencyKey ?? '');
  }

  private isAlikeAndOpen(one: string, other: string): boolean {
    const [first, second] = [this.store?.byId(one), this.store?.byId(other)];
    if (!first || !second || this.store?.isLookedAfter(other) !== true) return false;
    if (EPOCH + this.world.now - second.createdAt.getTime() >= this.giveUpMs) return false;
    const [left, right] = [first.request, second.request];
    if ('lineItemKey' in left && 'lineItemKey' in right) return left.lineItemKey === right.lineItemKey;
    return left.kind === 'ADD_UPSELL_ITEM' && right.kind === 'ADD_UPSELL_ITEM';
  }

  applied(effect: Effect, request: WriteRequest): void {
    const { author, operationId, step } = effect;
    if (effect.isRepeat) return;
    const isAdding = request.kind === 'ADD_UPSELL_ITEM' || request.kind === 'CONVERT_TO_SUBSCRIPTION';
    const same = this.books.effects.filter(
      (each) => each.author.decision === author.decision && each.step === step && each.isInForce && !each.isRepeat,
    );
    if (isAdding && same.length > 1) {
      this.accuse(
        'one decision, one effect',
        `${author.decision} was carried out ${same.length} times: ${same.map(({ record }) => record).join(', ')}`,
      );
    }
    const told = this.told.get(operationId);
    const isNow = `and now it is made: ${effect.record}`;
    if (this.isForgetful) return;
    if (told && saysNothing(told))
      this.accuse('nothing changed is true', `the shopper was told ${told.status} of key ${author.key}, ${isNow}`);
    if (told?.isHarmless) this.accuse('effect is true', `key ${author.key} was told ${told.effect}, ${isNow}`);
    if (told?.isAdvised) this.accuse('a new request is safe', `it was advised after key ${author.key}, ${isNow}`);
  }

  /** A reply, as it is made; whether it reaches its client or not. */
  replied({ operation }: Pick<WriteResult, 'operation'>): void {
    if (!operation) return;
    const { id, status } = operation;
    const key = keyIn(operation);
    const before = this.told.get(id);
    const told = toTold(operation);
    const isOther = before && (before.status !== status || before.effect !== told.effect);
    if (before && isSettled(before)) {
      if (isSettled(operation) && isOther && !this.isForgetful)
        this.accuse('replies agree', `key ${key} was told ${before.status} and then ${status}`);
    } else this.told.set(id, told);
    const effects = this.books.effects.filter((each) => each.operationId === id);
    const inForce = this.inForce(id);
    if (saysNothing(operation) && inForce.length > 0 && !this.isForgetful) {
      this.accuse(
        'nothing changed is true',
        `the shopper is told ${status} of key ${key}, which is in force: ${inForce[0]?.record}`,
      );
    }
    this.checkEffect(operation, told, inForce);
    // What is told again was true when it was told first.
    if (status === 'SUCCEEDED' && before?.status !== status) this.checkSuccess(operation, effects);
    if (status === 'PARTIAL') this.checkPartial(operation, inForce);
  }

  private checkEffect(
    { plannedSteps, effect, idempotencyKey: key }: Operation,
    told: Told,
    inForce: readonly Effect[],
  ): void {
    if (this.isForgetful) return;
    const record = inForce[0]?.record;
    if (told.isHarmless && record !== undefined)
      this.accuse('effect is true', `key ${key} is told ${effect}; ${record} is in force`);
    if (told.isAdvised && record !== undefined)
      this.accuse('a new request is safe', `it is advised after key ${key}; ${record} is in force`);
    const isEachInForce = plannedSteps.every(({ name }) => inForce.some(({ step }) => step === name));
    // Steps of one unit each are alike: one that was carried out twice stands for one that never arrived.
    const isWhole = isEachInForce || (this.kind.name === 'units' && inForce.length >= plannedSteps.length);
    if (effect === 'CHANGED' && !isWhole)
      this.accuse('effect is true', `key ${key} is told CHANGED; not all is in force`);
    if (effect === 'PARTLY_CHANGED' && record === undefined)
      this.accuse('effect is true', `key ${key} is told PARTLY_CHANGED; nothing is in force`);
  }

  private checkSuccess(operation: Operation, effects: readonly Effect[]): void {
    const { plannedSteps, lineItemRef, subscriptionRef, request } = operation;
    const key = keyIn(operation);
    if (effects.length < plannedSteps.length && !this.isForgetful)
      this.accuse(
        'success is in the books',
        `key ${key} is told SUCCEEDED; of ${plannedSteps.map(({ name }) => name).join(', ')} only ${effects.length} were carried out`,
      );
    const named = [lineItemRef?.key, request.kind === 'ADD_UPSELL_ITEM' ? subscriptionRef?.key : undefined];
    for (const record of named) {
      if (record !== undefined && !this.isOwn(operation, effects, record))
        this.accuse('success is in the books', `key ${key} is told SUCCEEDED with ${record}, which is not its own`);
    }
    this.checkDifferences(operation, effects);
  }

  private isOwn({ request }: Operation, effects: readonly Effect[], record: string): boolean {
    if ('lineItemKey' in request && request.lineItemKey === record) return true;
    if (effects.some((each) => each.record === record)) return true;
    // What an operation that the ledger forgot has made is nobody else's.
    const known = new Set(this.store?.all().map(({ id }) => id));
    return (
      this.isForgetful && this.books.effects.some((each) => each.record === record && !known.has(each.operationId))
    );
  }

  private checkDifferences(operation: Operation, effects: readonly Effect[]): void {
    const { request, differences } = operation;
    if (request.kind !== 'ADD_UPSELL_ITEM' && request.kind !== 'CHANGE_UPSELL_ITEM_QUANTITY') return;
    // What may not be read cannot be compared.
    if (this.faults.isOn('read refused')) return;
    const view = this.books.at(Number.MAX_SAFE_INTEGER);
    const lines = [...new Set(effects.map(({ record }) => record))].flatMap((record) => view.line(record) ?? []);
    const quantity = lines.reduce((sum, line) => sum + view.quantityOf(line), 0);
    const isTold = (...fields: string[]) => differences.some(({ field }) => fields.includes(field));
    const key = keyIn(operation);
    if (lines.length > 0 && quantity !== request.quantity && !isTold('quantity', 'lines'))
      this.accuse('what deviates is told', `key ${key} asked for ${request.quantity} and has ${quantity}`);
    if (request.kind === 'CHANGE_UPSELL_ITEM_QUANTITY') return;
    if (lines.some(({ order }) => order !== request.orderKey) && !isTold('order'))
      this.accuse('what deviates is told', `key ${key} went to another order`);
    if (lines.some(({ price }) => price > PRICE) && !isTold('increase'))
      this.accuse('what deviates is told', `key ${key} costs more than was said`);
  }

  private checkPartial(operation: Operation, inForce: readonly Effect[]): void {
    const { plannedSteps, errors, effect } = operation;
    const key = keyIn(operation);
    // Confirmed and not shown: nobody says that a part is in force.
    if (effect === 'UNKNOWN' || this.isForgetful) return;
    if (inForce.length === 0)
      this.accuse('partial is partial', `key ${key} is told PARTIAL; nothing of it is in force`);
    const isMoved = errors.some(({ code }) => code === 'TARGET_MOVED' || code === 'PAYMENT');
    const isWhole = plannedSteps.every(({ name }) => inForce.some((each) => each.step === name));
    if (isWhole && !isMoved) this.accuse('partial is partial', `key ${key} is told PARTIAL; all of it is in force`);
  }

  /** A request with this key ended by an error. */
  requestFailed(key: string, error: unknown): void {
    this.abandoned.add(key);
    this.failedBy(error);
  }

  /** A request or a recovery ended by an error. */
  private failedBy(error: unknown): void {
    if (!(error instanceof LedgerUnavailable)) this.accuse('nothing unexpected', String(error));
  }

  reported(message: string, cause: unknown): void {
    // The simulated writer throws on purpose.
    if (message !== 'a write ended without a classified answer') this.failedBy(cause);
  }

  /** Everything has come to rest. */
  ended(waiting: readonly string[]): void {
    for (const operation of this.store?.all() ?? []) {
      const { id, plannedSteps } = operation;
      // A step that was forgotten makes what the one before it did look otherwise.
      if (this.isForgetful && plannedSteps.length > 1) continue;
      if (!isSettled(operation) && this.store?.isLookedAfter(id) === true)
        this.accuse('every operation ends', `key ${keyIn(operation)} is still ${operation.status}`);
    }
    for (const client of waiting) this.accuse('every operation ends', `${client} has no answer`);
  }

  accuse(law: Law, text: string): void {
    this.world.accuse(law, text);
  }
}

function saysNothing({ status }: Pick<Operation, 'status'>): boolean {
  return status === 'FAILED' || status === 'REJECTED';
}

function keyIn({ idempotencyKey }: Operation): string {
  return idempotencyKey;
}

function orderOf(books: Books, request: WriteRequest, kind: ProtocolKind): string {
  if (kind.sharesLock) return 'contract-1';
  if ('orderKey' in request) return request.orderKey;
  if (!('lineItemKey' in request)) return request.checkoutId;
  return books.at(Number.MAX_SAFE_INTEGER).line(request.lineItemKey)?.order ?? request.lineItemKey;
}
