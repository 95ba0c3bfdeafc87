import type { Account } from '../../../src/domain/account.js';
import type { LineItem } from '../../../src/domain/line-item.js';
import { found } from '../../../src/domain/lookup.js';
import type { Order } from '../../../src/domain/order.js';
import type { AccountServices, DataSource, Provider, RequestScope } from '../../../src/domain/provider.js';
import { notEligible } from '../../../src/domain/refusal.js';
import { sameText } from '../../../src/domain/same-customer.js';
import { unknownWindow } from '../../../src/domain/window.js';
import {
  type AddItem,
  type PlannedStep,
  type Preparation,
  type RemoveItem,
  targetNotFound,
  type Writer,
} from '../../../src/domain/write.js';
import { apiPath } from '../../../src/providers/kit/api-path.js';
import { decodeIfFound, type Infer, integer, listOf, record, text } from '../../../src/providers/kit/decode.js';
import { createJsonApi } from '../../../src/providers/kit/json-api.js';
import { attempt, mapLookup } from '../../../src/providers/kit/lookups.js';
import { memoizeById } from '../../../src/providers/kit/memoize.js';
import { viewOf, wholeListing } from '../../../src/providers/kit/order-view.js';
import { duplicateItem, nothingToAdd, ready, refused } from '../../../src/providers/kit/preparation.js';
import { identity, refTo, toProductRef } from '../../../src/providers/kit/references.js';
import { anItem, anOrder, decodeAnswer, refusalOf, toSendResult } from '../../../src/providers/kit/send-result.js';
import { RequiredText } from '../../../src/providers/kit/settings.js';
import { capableOf } from '../../support/capabilities.js';
import { unstatedLine, unstatedOrder } from './unstated.js';

class ToySettings {
  @RequiredText() readonly token: string = '';
}

export const toy: Provider<ToySettings> = {
  key: 'TOY',
  title: 'Toy',
  summary: 'orders that take items until they are closed',
  idMeaning: { order: 'a numbered order', product: 'name', customer: 'login' },
  sameCustomer: sameText,
  capabilities: capableOf('POST_PURCHASE_ORDERS', 'ADD_ONE_TIME_ITEM', 'REMOVE_ITEM'),
  writes: ['ADD_UPSELL_ITEM', 'REMOVE_UPSELL_ITEM'],
  defaultBaseUrl: 'https://toy.example.com',
  defaultTimeZone: null,
  limits: { all: { parallel: 8 } },
  settings: ToySettings,
  connect: (account, services) => ({ settlingMs: 0, open: (scope) => openDataSource(account, services, scope) }),
};

const decodeLine = record('line', (row) => ({
  id: text(row, 'id'),
  name: text(row, 'name'),
  count: integer(row, 'count'),
}));
const decodeOrder = record('order', (row) => ({
  id: text(row, 'id'),
  customer: text(row, 'customer'),
  status: text(row, 'status'),
  lines: listOf(row, 'lines').map(decodeLine),
}));
type WireOrder = Infer<typeof decodeOrder>;
const notOpen = { code: 'ORDER_NOT_OPEN', message: 'This order is closed.', evidence: 'status', remedy: null } as const;

function openDataSource(account: Account<ToySettings>, services: AccountServices, scope: RequestScope): DataSource {
  const headers = () => ({ authorization: `Bearer ${account.settings.token}` });
  const api = createJsonApi({ ...account, ...services, provider: 'Toy', scope, headers });
  const reads = memoizeById(async (order) => {
    if (!/^\d{1,9}$/.test(order)) return null;
    const known = decodeIfFound(await api.find({ method: 'GET', path: apiPath`/orders/${{ order }}` }), decodeOrder);
    return known?.customer === scope.shopper.customerId ? known : null;
  });
  const toOrder = ({ id, customer, status }: WireOrder): Order => ({
    ...identity(account, 'Order', id),
    ...unstatedOrder,
    status: status === 'open' ? 'OPEN_FOR_UPSELL' : 'PLACED',
    providerStatus: status,
    customerId: customer,
    window: unknownWindow(services.clock()),
    observedAt: services.clock(),
  });
  const linesOf = ({ id: order, lines }: WireOrder): readonly LineItem[] =>
    lines.map(({ id, name, count }) => ({
      ...identity(account, 'LineItem', `${order}/${id}`, id),
      ...unstatedLine,
      orderRef: refTo(account, 'Order', order),
      product: toProductRef(name, account),
      quantity: count,
    }));
  const view = (order: WireOrder) =>
    viewOf({ order: found(toOrder(order)), lines: { items: linesOf(order), problem: null } });
  function targetOf(order: WireOrder, product: LineItem['product'], step: PlannedStep): Preparation {
    const before = view(order);
    return ready({ order: toOrder(order), product, steps: [step], before, context: {}, expectedIncrease: null });
  }
  const find = (key: string) => attempt(() => reads.get(key));
  const look = async (orderKey: string) => {
    const order = await find(orderKey);
    return order.state === 'found' ? view(order.value) : viewOf({ order, lines: wholeListing<LineItem>(order) });
  };
  async function findLine(key: string): Promise<LineItem | null> {
    const order = await reads.get(key.split('/')[0] ?? '');
    return (order ? linesOf(order) : []).find(({ ref }) => ref.key === key) ?? null;
  }

  const add: Writer<AddItem> = {
    async prepare(request) {
      const order = await reads.get(request.orderKey);
      const name = request.item.product?.id;
      if (!order) return refused(targetNotFound(request));
      if (order.status !== 'open') return refused(notEligible([{ ...notOpen, blocking: true }]));
      if (name === undefined) return refused(nothingToAdd('There are no offers'));
      const existing = linesOf(order).find(({ product }) => product.providerId === name);
      if (existing && request.ifPresent === 'REJECT') return refused(duplicateItem(existing));
      const line = { productId: name, quantity: request.quantity, recurring: false, mark: null };
      return targetOf(order, toProductRef(name, account), { name: 'add', expects: [{ kind: 'line_added', ...line }] });
    },
    async send(_step, { orderKey: order, item, quantity }) {
      const body = { name: item.product?.id, count: quantity };
      const result = await api.send({ method: 'POST', path: apiPath`/orders/${{ order }}/lines`, body });
      const confirm = () => ({ lineItemKey: `${order}/${decodeAnswer(result, decodeLine).id}` });
      return toSendResult(result, { confirm, refuse: (problem) => refusalOf(problem, anOrder) });
    },
    look: ({ orderKey }) => look(orderKey),
  };
  const remove: Writer<RemoveItem> = {
    async prepare(request) {
      const line = await findLine(request.lineItemKey);
      const order = line && (await reads.get(line.orderRef.key));
      if (!line || !order) return refused(targetNotFound(request));
      const expects = [{ kind: 'line_gone', lineItemKey: line.ref.key }] as const;
      return targetOf(order, line.product, { name: 'remove', expects });
    },
    async send(_step, { lineItemKey }) {
      const [order = '', line = ''] = lineItemKey.split('/');
      const result = await api.send({ method: 'DELETE', path: apiPath`/orders/${{ order }}/lines/${{ line }}` });
      const confirm = () => ({ removedLineItemKey: lineItemKey });
      return toSendResult(result, { confirm, refuse: (problem) => refusalOf(problem, anItem) });
    },
    look: ({ lineItemKey }) => look(lineItemKey.split('/')[0] ?? ''),
  };
  return {
    orders: { getMany: (keys) => Promise.all(keys.map(async (key) => mapLookup(await find(key), toOrder))) },
    lineItems: {
      getMany: (keys) => Promise.all(keys.map((key) => attempt(() => findLine(key)))),
      forOrders: (of) => Promise.all(of.map(async ({ ref }) => mapLookup(await find(ref.key), linesOf))),
    },
    upsells: { add, remove },
  };
}
