const ADDS = ['/items/iu/', '/subscriptions/iu/'];
const CONVERTS = '/subscriptions/create_from_item/';

/**
 * What became of one decision at the provider, whatever was answered; with `until`, of its requests that arrived before
 * that time (milliseconds since 1970). Each decision of a round asks for another quantity,
 * which tells its requests from those of others for the same product and order.
 */
export function evidenceFor({ order, product, quantity, recurring }, { writes, requests, state }, until = Infinity) {
  const isOwn = ({ path, body }) =>
    ADDS.includes(path) &&
    body?.order === order &&
    String(body.product) === product &&
    Number(body.quantity) === quantity;
  const added = writes.filter((write) => isOwn(write) && Date.parse(write.askedAt) < until);
  const items = added.map(itemOf);
  const conversions = writes.filter(({ path, body }) => path === CONVERTS && items.includes(body?.item));
  const deletions = writes.filter(({ method }) => method === 'DELETE');
  const removed = new Set(deletions.map(({ path }) => path.split('/')[2]));
  const kept = items.filter((id) => !removed.has(id));
  const subscriptions = [...added.filter(({ path }) => path === ADDS[1]), ...conversions].map(
    ({ result }) => result.public_id,
  );
  return {
    asked: { recurring },
    received: requests.filter((request) => isOwn(request) && request.startedAt < until).length,
    applied: added.length,
    /** When its last part took effect; null when none has. */
    appliedAt: [...added, ...conversions].reduce((last, { at }) => Math.max(last, Date.parse(at)), 0) || null,
    inForce: kept.length,
    recurring: subscriptions.length > 0,
    items: kept,
    isPaid: isPaid(order, state),
    isLive: subscriptions.length === 0 || isLive(subscriptions, state),
    isElsewhere: added.some(({ events }) => itemsIn(events).some((item) => item.order !== order)),
    asExactly:
      added.every((write) => isExact({ order, quantity }, write)) &&
      (isPaid(order, state) || !requests.some((request) => isOwn(request) && request.fault?.kind === 'failPayment')) &&
      (!recurring || isLive(subscriptions, state)),
  };
}

/** The same of a decision that has its target for itself. */
export function evidenceOfTarget(target, books, until = Infinity) {
  const { isOwn } = target;
  const applied = books.writes.filter((write) => isOwn(write) && Date.parse(write.askedAt) < until);
  const { made, isLive, asExactly } = endOf(target, books);
  return {
    asked: { recurring: false },
    received: books.requests.filter((request) => isOwn(request) && request.startedAt < until).length,
    applied: applied.length,
    appliedAt: applied.reduce((last, { at }) => Math.max(last, Date.parse(at)), 0) || null,
    inForce: applied.length === 0 ? 0 : made,
    recurring: false,
    items: [],
    isLive,
    asExactly,
  };
}

const ends = new WeakMap();

/** What the provider holds of a target. Asked once for all that was said of it: each question copies everything it holds. */
function endOf(target, books) {
  const known = ends.get(books) ?? new Map();
  ends.set(books, known);
  const { made, isLive = () => true, asExactly = () => true } = target;
  const end = known.get(target) ?? { made: made(), isLive: isLive(), asExactly: asExactly() };
  known.set(target, end);
  return end;
}

/** The item its answer names; the one answer names a subscription, and announces the item. */
function itemOf({ path, result, events }) {
  return path === ADDS[0] ? result.public_id : itemsIn(events).at(-1)?.public_id;
}

/** Items a write made, or raised where it merged. */
function itemsIn(events) {
  return events
    .filter(({ type }) => type === 'item.create' || type === 'item.change_quantity')
    .map(({ object }) => object);
}

/** A line that was raised holds more than what was asked for by one. */
function isExact({ order, quantity }, { events }) {
  const items = itemsIn(events);
  const isRaised = events.some(({ type }) => type === 'item.change_quantity');
  const units = items.reduce((sum, item) => sum + item.quantity, 0);
  return items.every((item) => item.order === order) && (isRaised || units === quantity);
}

/** Another write on the order may be what made its payment fail. */
function isPaid(order, { orders }) {
  return orders.some(({ public_id: id, status }) => id === order && status !== REJECTED);
}

function isLive(started, { subscriptions }) {
  return subscriptions.some(({ public_id: id, live }) => started.includes(id) && live);
}

const REJECTED = 3;
