import type { LineItem } from '../../../domain/line-item.js';
import { failed, found, type Listing, type Lookup, missing } from '../../../domain/lookup.js';
import { joinProblems, problem, type ProviderProblem } from '../../../domain/problem.js';
import type { OrderView, WriteProgress } from '../../../domain/write.js';
import { mapLookup } from '../../kit/lookups.js';
import { viewOf } from '../../kit/order-view.js';
import { chargeToShow, findChargeOn, isQueued } from '../charges.js';
import { MARK } from '../client.js';
import { fromLineKey } from '../keys.js';
import { isOn, toLines, toOrder, toSubscription } from '../mapping.js';
import type { Session } from '../session.js';
import type { WireCharge } from '../wire.js';
import { type AddressItem, type AddressItems, type Kinds, listRecords, readAddressItems } from './address-items.js';
import type { WriteContext } from './write-context.js';

/** What a write is about, besides its order. */
export interface Subject extends Kinds {
  /** The item to change or to take off; null where one is added. */
  readonly lineItemKey: string | null;
}

export interface AddressView {
  readonly view: OrderView;
  readonly known: readonly string[];
}

/** Makes the view of an order that was read to be written to: with the other orders of its address. */
export async function viewBefore(
  session: Session,
  charge: WireCharge,
  subject: Subject,
  mark: string | null = null,
): Promise<AddressView> {
  const { addressId, day, customerId } = charge;
  // What an added item carries tells it from all there were before.
  const isSnapshot = subject.lineItemKey === null && mark === null;
  const [queue, items] = await Promise.all([
    readQueue(session, addressId, customerId),
    readAddressItems(session, addressId, { ...subject, onetimes: subject.onetimes && isSnapshot }),
  ]);
  const known = items.items.map(({ id }) => id);
  const context = { addressId, day, mark, known };
  return { view: viewWith(session, { context, charge: found(charge), queue, items, subject }), known };
}

/** Reads the order again, and whatever else of its address a write may touch. */
export async function lookAgain(
  session: Session,
  { context }: WriteProgress<WriteContext>,
  subject: Subject,
): Promise<OrderView> {
  const { addressId } = context;
  const queue = await listRecords(() => session.reads.queuedCharges.get(addressId));
  const charge = await findAgain(session, context, queue);
  const seen = { context, charge, queue, items: noItems, subject };
  if (isRebuilding(charge)) return viewWith(session, { ...seen, items: { ...noItems, problem: rebuilding } });
  const kinds = { ...subject, onetimes: subject.onetimes && !isTold(session, seen) };
  return viewWith(session, { ...seen, items: await readAddressItems(session, addressId, kinds) });
}

const noItems: AddressItems = { items: [], subscriptions: [], problem: null };

/** Finds the charge of that day under whatever id it is queued by now; once it is not, by its day. */
async function findAgain(
  session: Session,
  context: WriteContext,
  queue: Listing<WireCharge>,
): Promise<Lookup<WireCharge>> {
  const queued = chargeToShow(queue.items.filter(isOn(context)));
  return queued ? found(queued) : findChargeOn(session, context);
}

function isRebuilding(charge: Lookup<WireCharge>): boolean {
  return charge.state === 'found' && isQueued(charge.value) && charge.value.isRebuilding === true;
}

/** Whether charges tell by themselves that they were rebuilt, and show what was added. Else the items they are made from do. */
function isTold(session: Session, { context, charge, queue, subject }: Seen): boolean {
  if (charge.state !== 'found') return false;
  if (isQueued(charge.value) && charge.value.isRebuilding === null) return false;
  if (subject.lineItemKey !== null) return true;
  const all = [charge.value, ...queue.items];
  return context.mark !== null && Object.values(marksIn(session, all, noItems)).includes(context.mark);
}

/** Reads the queue of an address from the customer's list, which is read anyway. */
async function readQueue({ reads }: Session, addressId: string, customerId: string): Promise<Listing<WireCharge>> {
  const { items, problem: gap } = await listRecords(() => reads.lists.plan(customerId, { charges: true }).charges);
  return { items: items.filter((each) => isQueued(each) && each.addressId === addressId), problem: gap };
}

interface Seen {
  readonly context: Pick<WriteContext, 'addressId' | 'day' | 'mark' | 'known'>;
  readonly charge: Lookup<WireCharge>;
  readonly queue: Listing<WireCharge>;
  readonly items: AddressItems;
  readonly subject: Subject;
}

function viewWith(session: Session, seen: Seen): OrderView {
  const { account, clock } = session;
  const { context, charge, queue, items, subject } = seen;
  const others = queue.items.filter((each) => !isOn(context)(each));
  const here = charge.state === 'found' ? listLines(session, charge.value) : noLines(charge);
  const there = others.map((each) => listLines(session, each));
  const watched = items.items.filter((item) => isWatched(item, seen));
  const isShown = new Set([here, ...there].flatMap((each) => each.items.map(itemOf)));
  const isOnTheWay = watched.some(({ day, id }) => day !== null && day !== context.day && !isShown.has(id));
  const isLate = isOnTheWay || others.some((each) => each.isRebuilding === true);
  const gaps = [queue.problem, items.problem, ...there.map((each) => each.problem), isLate ? rebuilding : null];
  const elsewhere: Listing<LineItem> = {
    items: there.flatMap((each) => each.items),
    problem: gaps.reduce<ProviderProblem | null>(joinProblems, null),
  };
  return viewOf({
    order: mapLookup(charge, (wire) => toOrder(wire, account, clock())),
    lines: { items: here.items, problem: joinProblems(here.problem, lag(seen, here.items, watched)) },
    elsewhere: subject.lineItemKey === null ? elsewhere : null,
    subscriptions: subject.subscriptions
      ? {
          items: items.subscriptions.map((wire) => {
            // What was just made has had no payment that could fail.
            const unpaid = context.known.includes(wire.id) ? notAsked : missing;
            return toSubscription(wire, unpaid, account, clock());
          }),
          problem: items.problem,
        }
      : null,
    marks: marksIn(session, [...others, ...(charge.state === 'found' ? [charge.value] : [])], items),
  });
}

const notAsked = failed(problem('UNAVAILABLE', 'Whether a subscription is paid was not read with its order.'));

/** Whether an item was added since, or is the one the write is about. */
function isWatched({ id, mark }: AddressItem, { context, subject }: Seen): boolean {
  if (subject.lineItemKey !== null && id === fromLineKey(subject.lineItemKey)?.item) return true;
  return context.mark === null ? subject.lineItemKey === null && !context.known.includes(id) : mark === context.mark;
}

/**
 * Returns a problem while the order has yet to be rebuilt, a while after a write. A flag says so; where none does, an
 * item that disagrees with its charge says the same. Until then nothing is concluded from what the charge shows.
 */
function lag(
  { context, charge, items, subject }: Seen,
  lines: readonly LineItem[],
  watched: readonly AddressItem[],
): ProviderProblem | null {
  if (items.problem) return items.problem;
  if (charge.state !== 'found' || !isQueued(charge.value)) return null;
  if (charge.value.isRebuilding === true) return rebuilding;
  const quantityOf = new Map(lines.map((line) => [itemOf(line), line.quantity]));
  const isBehind = watched.some(({ id, day, quantity }) => day === context.day && quantityOf.get(id) !== quantity);
  const own = subject.lineItemKey === null ? undefined : fromLineKey(subject.lineItemKey)?.item;
  const isOff = charge.value.isRebuilding === null && !items.items.some(({ id, day }) => id === own && day !== null);
  return isBehind || (own !== undefined && quantityOf.has(own) && isOff) ? rebuilding : null;
}

const rebuilding = problem('CONFLICT', 'Recharge has yet to rebuild this order after a change.');

function listLines({ account, clock }: Session, wire: WireCharge): Listing<LineItem> {
  return toLines(wire, toOrder(wire, account, clock()), account);
}

function noLines(charge: Lookup<WireCharge>): Listing<LineItem> {
  return { items: [], problem: charge.state === 'failed' ? charge.problem : notThere };
}

const notThere = problem('NOT_FOUND', 'Recharge no longer shows this order.');

function itemOf({ ref }: LineItem): string {
  return fromLineKey(ref.key)?.item ?? '';
}

/** Lists the operations that items carry, by the keys of their lines and subscriptions. */
function marksIn(session: Session, charges: readonly WireCharge[], { items }: AddressItems) {
  const ofLines = charges.flatMap((wire) => {
    const marks = new Map(wire.lines.records.map(({ itemId, properties }) => [itemId, properties.get(MARK)]));
    return listLines(session, wire).items.map((line) => [line.ref.key, marks.get(itemOf(line))] as const);
  });
  const ofSubscriptions = items.map(({ id, mark }) => [id, mark ?? undefined] as const);
  return Object.fromEntries(
    [...ofLines, ...ofSubscriptions].flatMap(([key, mark]) => (mark === undefined ? [] : [[key, mark] as const])),
  );
}

/** Returns a problem while an order is being rebuilt: nothing can be told of it before that is done. */
export function requireRebuilt({ isRebuilding: is }: WireCharge): ProviderProblem | null {
  return is === true ? rebuilding : null;
}
