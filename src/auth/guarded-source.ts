import { type Actor, onlyOrdersAt, shopperAt } from '../domain/actor.js';
import { problemOfCustomer } from '../domain/identifier.js';
import type { LineItem } from '../domain/line-item.js';
import { failed, found, type Lookup, missing } from '../domain/lookup.js';
import type { Order } from '../domain/order.js';
import { problem, problemOf, ProviderFailure, type ProviderProblem } from '../domain/problem.js';
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
import {
  type CheckoutHolder,
  type Preparation,
  targetNotFound,
  type Writer,
  type WriteRequest,
} from '../domain/write.js';
import { isSameCustomer, maySeeCustomerRecord } from './access.js';
import { createRecordPolicy, notRequested, type RecordPolicy } from './record-policy.js';

/** Opens an account for an actor, behind the guard. */
export function openGuarded(
  connected: ConnectedAccount,
  actor: Actor,
  scope: Omit<RequestScope, 'actorId' | 'shopper' | 'onlyOrders' | 'isService'>,
): GuardedSource {
  const { account, connection } = connected;
  const isService = actor.kind === 'SERVICE';
  const source = connection.open({
    ...scope,
    actorId: actor.id,
    isService,
    shopper: shopperAt(actor, account.key),
    onlyOrders: onlyOrdersAt(actor, account.key),
  });
  return guardSource(source, actor, connected);
}

/** Guards a data source: every record it returns passes through a `RecordPolicy`. */
export function guardSource(given: DataSource, actor: Actor, account: AccountOwnership): GuardedSource {
  const source = forPossibleCustomer(given, actor, account);
  const { upcomingOrders, lineItems, subscriptions, products, offers, eligibility, preview } = source;
  const policy = createRecordPolicy(actor, account);
  const orders: OrderReader = {
    getMany: async (keys) => each(await source.orders.getMany(keys), keys, policy.order),
    ...(source.orders.keyOf && { keyOf: source.orders.keyOf }),
  };
  return {
    orders,
    upcomingOrders: upcomingOrders && {
      async list(customerId, prefetch) {
        if (!policy.mayList(customerId)) return noRecords;
        return policy.listOf(await upcomingOrders.list(customerId, prefetch), customerId);
      },
    },
    lineItems: lineItems && guardLineItems(lineItems, orders, policy),
    subscriptions: subscriptions && guardSubscriptions(subscriptions, policy, account),
    products: products && {
      getMany: async (keys) => each(await products.getMany(keys), keys, policy.record),
    },
    // Offers belong to no shopper.
    offers: offers && {
      getMany: async (keys) => each(await offers.getMany(keys), keys, policy.record),
      // Called with orders that passed the policy.
      forOrders: offers.forOrders,
    },
    eligibility: eligibility && {
      check: async (questions) =>
        each(await eligibility.check(questions), questions, (answer, { order }) =>
          aboutOrder(policy, answer, order.ref.key),
        ),
    },
    preview: preview && {
      async preview(request) {
        const shown = aboutOrder(policy, await preview.preview(request), request.orderKey);
        if (shown.state !== 'found') return shown;
        const eligibilityShown = aboutOrder(policy, found(shown.value.eligibility), request.orderKey);
        return eligibilityShown.state === 'found' ? shown : eligibilityShown;
      },
    },
  };
}

/** Fails the reads by key of a customer whose identifier cannot be the provider's: nothing that is theirs is missing. */
function forPossibleCustomer(source: DataSource, actor: Actor, account: AccountOwnership): DataSource {
  const impossible = impossibleCustomer(actor, account);
  if (!impossible) return source;
  const getMany = async (keys: readonly string[]) => keys.map(() => failed(impossible));
  const { orders, lineItems, subscriptions } = source;
  return {
    ...source,
    orders: { ...orders, getMany },
    ...(lineItems && { lineItems: { ...lineItems, getMany } }),
    ...(subscriptions && { subscriptions: { ...subscriptions, getMany } }),
  };
}

/** Returns why the identifier of an actor cannot be that of a customer of the provider. */
function impossibleCustomer(actor: Actor, { account, identifiers }: AccountOwnership): ProviderProblem | null {
  const { customerId } = shopperAt(actor, account.key);
  return identifiers && customerId !== null ? problemOfCustomer(identifiers, customerId) : null;
}

/**
 * Guards a writer: checks what it prepares before anything is sent. Throws `ProviderFailure` for a customer who cannot be the
 * provider's. Reports the target as missing when the target or the
 * reason of a refusal would reveal another shopper's order.
 */
export function guardWriter<Request extends WriteRequest>(
  writer: Writer<Request>,
  reads: GuardedSource,
  actor: Actor,
  account: AccountOwnership,
): GuardedWriter<Request> {
  const policy = createRecordPolicy(actor, account);
  const impossible = impossibleCustomer(actor, account);
  // A data source opened for a customer reads no orders of others; one opened for a guest or for staff does.
  const isForCustomer = shopperAt(actor, account.account.key).customerId !== null;

  async function isVisible(request: Request, preparation: Preparation): Promise<boolean> {
    if (preparation.outcome === 'ready') {
      const { order, checkout } = preparation.target;
      return order ? mayShow(order) : mayFinish(actor, account, request, checkout);
    }
    if (isForCustomer || revealNothing.has(preparation.refusal.code)) return true;
    return (await findTarget(reads, request)).state === 'found';
  }

  function mayShow(order: Order): boolean {
    return policy.order(found(order), order.ref.key).state === 'found';
  }

  return {
    async prepare(request, shown) {
      if (impossible) throw new ProviderFailure(impossible);
      const preparation = await writer.prepare(request, shown);
      if (!(await isVisible(request, preparation))) return { outcome: 'refused', refusal: targetNotFound(request) };
      if (preparation.outcome === 'ready' || !preparation.order || mayShow(preparation.order)) return preparation;
      return { outcome: 'refused', refusal: preparation.refusal };
    },
    findTarget: (request) => findTarget(reads, request),
    mayShow,
    send: (step, request, progress) => writer.send(step, request, progress),
    async look(request, progress) {
      const view = await writer.look(request, progress);
      const isShown = view.order.state !== 'found' || 'checkoutId' in request || mayShow(view.order.value);
      // What changed hands tells nothing about what was written to it.
      return isShown ? view : { ...view, order: missing, lines: { items: [], problem: changedHands } };
    },
    ...(writer.lookElsewhere && { lookElsewhere: writer.lookElsewhere.bind(writer) }),
    ...(writer.takeBack && { takeBack: writer.takeBack.bind(writer) }),
    ...(writer.remember && { remember: writer.remember.bind(writer) }),
  };
}

/** Whether a checkout that has no order yet is the actor's: by their session, by their token, or by its customer. */
function mayFinish(
  actor: Actor,
  account: AccountOwnership,
  request: WriteRequest,
  holder: CheckoutHolder = { owner: null, isHeldBySession: false },
): boolean {
  const isListed = 'checkoutId' in request && (actor.orders[account.account.key] ?? []).includes(request.checkoutId);
  return holder.isHeldBySession || isListed || maySeeCustomerRecord(actor, account, holder.owner);
}

const changedHands = problem('NOT_FOUND', 'The order is no longer one of this shopper.');

/** Refusals that are the same for every actor. */
const revealNothing: ReadonlySet<RefusalCode> = new Set(['NOT_FOUND', 'NOT_PERMITTED', 'VALIDATION', 'PROVIDER']);

async function findTarget({ orders, lineItems }: GuardedSource, request: WriteRequest): Promise<Lookup<Order>> {
  try {
    if ('checkoutId' in request) return missing;
    if ('orderKey' in request) return (await orders.getMany([request.orderKey]))[0] ?? missing;
    const line = (await lineItems?.getMany([request.lineItemKey]))?.[0] ?? missing;
    return line.state === 'found' ? ((await orders.getMany([line.value.orderRef.key]))[0] ?? missing) : line;
  } catch (error) {
    return failed(problemOf(error));
  }
}

const noRecords = { items: [], problem: null };

/** Guards lines, which name no owner: a line is visible when its order is. */
function guardLineItems(lineItems: LineItemReader, orders: OrderReader, policy: RecordPolicy): LineItemReader {
  return {
    async getMany(keys) {
      const lines = each(await lineItems.getMany(keys), keys, policy.record);
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
          ? failed(notRequested)
          : lines,
      ),
  };
}

function guardSubscriptions(
  subscriptions: SubscriptionReader,
  policy: RecordPolicy,
  account: AccountOwnership,
): SubscriptionReader {
  return {
    getMany: async (keys) => each(await subscriptions.getMany(keys), keys, policy.customerRecord),
    async listFor(customerId) {
      if (!policy.mayList(customerId)) return noRecords;
      return policy.listOf(await subscriptions.listFor(customerId), customerId);
    },
    nextOrders: async (of) =>
      each(await subscriptions.nextOrders(of), of, (order, { customerId }) => {
        if (order.state !== 'found') return order;
        const isSamePerson = isSameCustomer(account, order.value.customerId, customerId);
        return isSamePerson ? policy.order(order, order.value.ref.key) : failed(notRequested);
      }),
  };
}

/** Passes a result only when the policy passes the order in it. */
function aboutOrder<T extends { readonly order: Order }>(
  policy: RecordPolicy,
  answer: Lookup<T>,
  orderKey: string,
): Lookup<T> {
  if (answer.state !== 'found') return answer;
  const order = policy.order(found(answer.value.order), orderKey);
  return order.state === 'found' ? answer : order;
}

/** Applies a policy to each result, in request order; an absent one is missing. */
function each<Asked, T>(
  answers: readonly Lookup<T>[],
  asked: readonly Asked[],
  admit: (answer: Lookup<T>, asked: Asked) => Lookup<T>,
): readonly Lookup<T>[] {
  return asked.map((one, index) => admit(answers[index] ?? missing, one));
}
