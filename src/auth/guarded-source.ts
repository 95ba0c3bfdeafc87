import { type Actor, shopperAt } from '../domain/actor.js';
import type { LineItem } from '../domain/line-item.js';
import { failed, found, type Lookup, missing } from '../domain/lookup.js';
import type { Order } from '../domain/order.js';
import { problemOf } from '../domain/problem.js';
import type { ConnectedAccount } from '../domain/connected-account.js';
import type {
  AccountOwnership,
  DataSource,
  GuardedSource,
  GuardedWriter,
  LineItemReader,
  OrderReader,
  RequestScope,
  SubscriptionReader,
} from '../domain/provider.js';
import type { RefusalCode } from '../domain/refusal.js';
import { type Preparation, targetNotFound, type Writer, type WriteRequest } from '../domain/write.js';
import { isSameCustomer } from './access.js';
import { type Admission, createAdmission, notAskedFor } from './admission.js';

/** Opens an account for an actor. */
export function openGuarded(
  connected: ConnectedAccount,
  actor: Actor,
  scope: Omit<RequestScope, 'actorId' | 'shopper'>,
): GuardedSource {
  const { account, connection } = connected;
  const source = connection.open({ ...scope, actorId: actor.id, shopper: shopperAt(actor, account.key) });
  return guardSource(source, actor, connected);
}

/** The one way out for records of a provider account: whatever its data source answers passes through an `Admission`. */
export function guardSource(source: DataSource, actor: Actor, account: AccountOwnership): GuardedSource {
  const { upcomingOrders, lineItems, subscriptions, products, offers, eligibility, preview, checkout } = source;
  const admission = createAdmission(actor, account);
  const orders = guardOrders(source.orders, admission);
  return {
    orders,
    upcomingOrders: upcomingOrders && {
      async list(customerId, ahead) {
        if (!admission.mayList(customerId)) return noRecords;
        const listing = admission.listOf(await upcomingOrders.list(customerId, ahead), customerId);
        for (const order of listing.items) orders.note(order);
        return listing;
      },
    },
    lineItems: lineItems && guardLineItems(lineItems, orders, admission),
    subscriptions: subscriptions && guardSubscriptions(subscriptions, admission, account),
    products: products && {
      getMany: async (keys) => each(await products.getMany(keys), keys, admission.asAsked),
    },
    // An offer is no shopper's.
    offers: offers && {
      getMany: async (keys) => each(await offers.getMany(keys), keys, admission.asAsked),
      // Asked for with orders that were admitted.
      forOrders: offers.forOrders,
    },
    eligibility: eligibility && {
      check: async (questions) =>
        each(await eligibility.check(questions), questions, (answer, { order }) =>
          aboutOrder(admission, answer, order.ref.key),
        ),
    },
    preview: preview && {
      async preview(request) {
        const shown = aboutOrder(admission, await preview.preview(request), request.orderKey);
        if (shown.state !== 'found') return shown;
        const judged = aboutOrder(admission, found(shown.value.eligibility), request.orderKey);
        return judged.state === 'found' ? shown : judged;
      },
    },
    checkout: checkout && {
      async complete(checkoutId, paymentFields) {
        const completed = await checkout.complete(checkoutId, paymentFields);
        return completed.state === 'found' ? admission.order(completed, completed.value.ref.key) : completed;
      },
    },
  };
}

/**
 * A writer works unguarded inside; what it prepared is judged before anything is sent. Neither a target nor the reason of
 * a refusal may reveal another shopper's order: instead of both the target is missing.
 */
export function guardWriter<Request extends WriteRequest>(
  writer: Writer<Request>,
  reads: GuardedSource,
  actor: Actor,
  account: AccountOwnership,
): GuardedWriter<Request> {
  const admission = createAdmission(actor, account);
  // A data source opened for a customer knows no orders of others; one opened for a guest or for staff does.
  const isForCustomer = shopperAt(actor, account.account.key).customerId !== null;

  async function isVisible(request: Request, preparation: Preparation): Promise<boolean> {
    if (preparation.outcome === 'ready') {
      const { order } = preparation.target;
      return admission.order(found(order), order.ref.key).state === 'found';
    }
    if (isForCustomer || revealNothing.has(preparation.refusal.code)) return true;
    return (await findTarget(reads, request)).state === 'found';
  }

  return {
    async prepare(request) {
      const preparation = await writer.prepare(request);
      const isShown = await isVisible(request, preparation);
      return isShown ? preparation : { outcome: 'refused', refusal: targetNotFound(request) };
    },
    findTarget: (request) => findTarget(reads, request),
    send: (step, request, progress) => writer.send(step, request, progress),
    inspect: (step, request, progress) => writer.inspect(step, request, progress),
    ...(writer.compensate && { compensate: writer.compensate.bind(writer) }),
  };
}

/** Refusals that are the same whoever asks. */
const revealNothing: ReadonlySet<RefusalCode> = new Set(['NOT_FOUND', 'NOT_PERMITTED', 'VALIDATION', 'PROVIDER']);

async function findTarget({ orders, lineItems }: GuardedSource, request: WriteRequest): Promise<Lookup<Order>> {
  try {
    if ('orderKey' in request) return (await orders.getMany([request.orderKey]))[0] ?? missing;
    const line = (await lineItems?.getMany([request.lineItemKey]))?.[0] ?? missing;
    return line.state === 'found' ? ((await orders.getMany([line.value.orderRef.key]))[0] ?? missing) : line;
  } catch (error) {
    return failed(problemOf(error));
  }
}

const noRecords = { items: [], problem: null };

interface GuardedOrders extends OrderReader {
  /** It was admitted already, as part of a list. */
  note(order: Order): void;
}

/** None is asked for twice: lines are judged by orders that are often read anyway. */
function guardOrders(orders: OrderReader, admission: Admission): GuardedOrders {
  const known = new Map<string, Promise<Lookup<Order>>>();
  return {
    getMany(keys) {
      const fresh = [...new Set(keys)].filter((key) => !known.has(key));
      const answers = fresh.length > 0 ? orders.getMany(fresh) : Promise.resolve([]);
      for (const [index, key] of fresh.entries()) {
        known.set(
          key,
          answers.then((all) => admission.order(all[index] ?? missing, key)),
        );
      }
      return Promise.all(keys.map(async (key) => known.get(key) ?? missing));
    },
    note: (order) => void known.set(order.ref.key, Promise.resolve(found(order))),
    ...(orders.keyOf && { keyOf: orders.keyOf }),
  };
}

/** Lines name nobody: they are as visible as their order. */
function guardLineItems(lineItems: LineItemReader, orders: OrderReader, admission: Admission): LineItemReader {
  return {
    async getMany(keys) {
      const lines = each(await lineItems.getMany(keys), keys, admission.asAsked);
      const orderKeys = [...new Set(lines.flatMap((line) => (line.state === 'found' ? line.value.orderRef.key : [])))];
      const theirs = await orders.getMany(orderKeys);
      const orderOf = new Map(orderKeys.map((key, index) => [key, theirs[index]]));
      return lines.map((line): Lookup<LineItem> => {
        const order = line.state === 'found' ? (orderOf.get(line.value.orderRef.key) ?? missing) : line;
        return order.state === 'found' ? line : order;
      });
    },
    forOrders: async (of) =>
      each(await lineItems.forOrders(of), of, (lines, { ref }) =>
        lines.state === 'found' && lines.value.some(({ orderRef }) => orderRef.key !== ref.key)
          ? failed(notAskedFor)
          : lines,
      ),
  };
}

function guardSubscriptions(
  subscriptions: SubscriptionReader,
  admission: Admission,
  account: AccountOwnership,
): SubscriptionReader {
  return {
    getMany: async (keys) => each(await subscriptions.getMany(keys), keys, admission.customerRecord),
    async listFor(customerId) {
      if (!admission.mayList(customerId)) return noRecords;
      return admission.listOf(await subscriptions.listFor(customerId), customerId);
    },
    nextOrders: async (of) =>
      each(await subscriptions.nextOrders(of), of, (order, { customerId }) => {
        if (order.state !== 'found') return order;
        const isSamePerson = isSameCustomer(account, order.value.customerId, customerId);
        return isSamePerson ? admission.order(order, order.value.ref.key) : failed(notAskedFor);
      }),
  };
}

/** An answer that shows the order it is about. */
function aboutOrder<T extends { readonly order: Order }>(
  admission: Admission,
  answer: Lookup<T>,
  orderKey: string,
): Lookup<T> {
  if (answer.state !== 'found') return answer;
  const order = admission.order(found(answer.value.order), orderKey);
  return order.state === 'found' ? answer : order;
}

/** Answers in the order of what was asked; one that is not there found nothing. */
function each<Asked, T>(
  answers: readonly Lookup<T>[],
  asked: readonly Asked[],
  admit: (answer: Lookup<T>, asked: Asked) => Lookup<T>,
): readonly Lookup<T>[] {
  return asked.map((one, index) => admit(answers[index] ?? missing, one));
}
