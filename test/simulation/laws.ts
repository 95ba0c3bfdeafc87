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
import type { World } from './world.js';

/** What must hold after every step of every schedule. The numbers are those of the laws in the design. */
export const lawNames = {
  'one decision, one effect':
    'a decision is carried out at most once, however often and with whatever advice it is asked again',
  'nothing changed is true': 'REJECTED or FAILED is never told of a write that is in force or comes later (1, 6)',
  'what deviates is told': 'SUCCEEDED names every way in which the provider did otherwise (2)',
  'paid is paid': 'SUCCEEDED is not told while the payment has failed (4)',
  'every operation ends': 'once faults have ended every operation settles and every client has its answer (5)',
  'replies agree': 'two replies about one operation never contradict each other (6)',
  'settled stays settled': 'a settled operation is not changed in the ledger',
  'success is in the books': 'SUCCEEDED is told only of what the provider holds, and names its own records',
  'partial is partial': 'PARTIAL is told only when a part is in force and a part is not',
  'on record first': 'what leaves was recorded before, and leaves once',
  'nothing leaves late': 'nothing leaves for an operation that another process went on with (8)',
  'one writer an order': 'nothing leaves for an order while the outcome of another write on it is open',
  'nothing unexpected': 'no request fails by an error other than a ledger that cannot be reached',
  'along the arrows': 'an operation goes from state to state only as the protocol draws it',
} as const;

export type Law = keyof typeof lawNames;

interface Told {
  readonly status: Operation['status'];
  readonly at: number;
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
    private readonly watched: ReadonlySet<Law> | null,
  ) {}

  store: LedgerStore | null = null;

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
    if (before && isSettled(before)) this.accuse('settled stays settled', `${keyIn(after)} went from ${from} to ${to}`);
    if (!protocolArrows[from].includes(to))
      this.accuse('along the arrows', `${keyIn(after)} went from ${from} to ${to}`);
  }

  departing(life: Life, request: WriteRequest, step: string): void {
    const { key } = this.authorOf(request);
    const intent = life.intents.get(request);
    const operation = intent && this.store?.byId(intent.id);
    const wasLost = this.faults.isOn('ledger failover');
    if (!intent) return this.accuse('on record first', `${step} of key ${key} leaves without an intent`);
    const sending = `${intent.id} ${step}`;
    if (this.left.has(sending)) this.accuse('on record first', `${step} of key ${key} leaves a second time`);
    this.left.add(sending);
    if (!wasLost && operation?.version !== intent.version) {
      this.accuse('nothing leaves late', `${step} of key ${key} leaves although another process went on with it`);
    }
    this.enter(orderOf(this.books, request, this.kind), intent.id, key);
  }

  private enter(order: string, operationId: string, key: string): void {
    const writers = this.writing.get(order) ?? new Set();
    this.writing.set(order, writers);
    for (const other of writers) {
      if (other !== operationId && this.store?.isLookedAfter(other) === true && !this.faults.isOn('ledger failover')) {
        this.accuse('one writer an order', `${key} writes to ${order} while another write on it is open`);
      }
    }
    writers.add(operationId);
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
    if (told && saysNothing(told)) {
      this.accuse(
        'nothing changed is true',
        `the shopper was told ${told.status} of key ${author.key}, and now it is made: ${effect.record}`,
      );
    }
  }

  /** A reply, as it is made; whether it reaches its client or not. */
  replied({ operation }: Pick<WriteResult, 'operation'>): void {
    if (!operation) return;
    const { id, status } = operation;
    const key = keyIn(operation);
    const before = this.told.get(id);
    if (before && isSettled(before) && before.status !== status && !this.faults.isOn('ledger failover')) {
      this.accuse('replies agree', `key ${key} was told ${before.status} and then ${status}`);
    }
    this.told.set(id, { status, at: this.world.now });
    const effects = this.books.effects.filter((each) => each.operationId === id);
    const inForce = effects.filter(({ isInForce }) => isInForce);
    if (saysNothing(operation) && inForce.length > 0) {
      this.accuse(
        'nothing changed is true',
        `the shopper is told ${status} of key ${key}, which is in force: ${inForce[0]?.record}`,
      );
    }
    if (status === 'SUCCEEDED') this.checkSuccess(operation, effects);
    if (status === 'PARTIAL') this.checkPartial(operation, inForce);
  }

  private checkSuccess(operation: Operation, effects: readonly Effect[]): void {
    const { plannedSteps, lineItemRef, subscriptionRef, request } = operation;
    const key = keyIn(operation);
    if (effects.length < plannedSteps.length)
      this.accuse(
        'success is in the books',
        `key ${key} is told SUCCEEDED; of ${plannedSteps.join(', ')} only ${effects.length} were carried out`,
      );
    const named = [lineItemRef?.key, request.kind === 'ADD_UPSELL_ITEM' ? subscriptionRef?.key : undefined];
    for (const record of named) {
      if (record !== undefined && !this.isOwn(operation, effects, record))
        this.accuse('success is in the books', `key ${key} is told SUCCEEDED with ${record}, which is not its own`);
    }
    this.checkDifferences(operation, effects);
    if (
      request.kind === 'ADD_UPSELL_ITEM' &&
      this.books.at(this.world.now).statusOf(request.orderKey) === 'PAYMENT_FAILED'
    )
      this.accuse('paid is paid', `key ${key} is told SUCCEEDED; the payment has failed`);
  }

  private isOwn({ request }: Operation, effects: readonly Effect[], record: string): boolean {
    if ('lineItemKey' in request && request.lineItemKey === record) return true;
    return effects.some((each) => each.record === record);
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
    const { plannedSteps, errors } = operation;
    const key = keyIn(operation);
    if (inForce.length === 0)
      this.accuse('partial is partial', `key ${key} is told PARTIAL; nothing of it is in force`);
    const isMoved = errors.some(({ code }) => code === 'TARGET_MOVED');
    const isWhole = plannedSteps.every((step) => inForce.some((each) => each.step === step));
    if (isWhole && !isMoved) this.accuse('partial is partial', `key ${key} is told PARTIAL; all of it is in force`);
  }

  /** A request or a recovery ended by an error. */
  failedBy(error: unknown): void {
    if (!(error instanceof LedgerUnavailable)) this.accuse('nothing unexpected', String(error));
  }

  reported(message: string, cause: unknown): void {
    // The simulated writer throws on purpose.
    if (message !== 'a write ended without a classified answer') this.failedBy(cause);
  }

  /** Everything has come to rest. */
  ended(waiting: readonly string[]): void {
    for (const operation of this.store?.all() ?? []) {
      const { id } = operation;
      if (!isSettled(operation) && this.store?.isLookedAfter(id) === true)
        this.accuse('every operation ends', `key ${keyIn(operation)} is still ${operation.status}`);
    }
    for (const client of waiting) this.accuse('every operation ends', `${client} has no answer`);
  }

  accuse(law: Law, text: string): void {
    if (!this.watched || this.watched.has(law)) this.world.accuse(law, text);
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
  return books.at(Number.MAX_SAFE_INTEGER).line(request.lineItemKey)?.order ?? request.lineItemKey;
}
