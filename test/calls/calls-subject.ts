import { exampleVariables } from '../schema/example-operations.js';
import type { FullStack } from '../support/full-stack.js';
import type { Measured } from './call-timeline.js';

/** One query over one provider, beside the fewest calls its API allows. */
export interface CallsCase {
  readonly operation: string;
  readonly data: string;
  readonly variables: object;
  /** Of a write; a query is the example of its name. */
  readonly text?: string;
  readonly least: Measured;
  /** Why more calls are made than the least; only where that is so. */
  readonly reason?: string;
}

/** What an emulator is started with, and the queries measured there, in this order. */
export interface CallsSubject {
  readonly scenario?: string;
  readonly switches?: Readonly<Record<string, unknown>>;
  /** Over the settings of its sandbox account. */
  readonly settings?: object;
  prepare(stack: FullStack): Promise<readonly CallsCase[]>;
}

const KEY = 'an-item-for-the-calls-table';

export const noCall: Measured = { calls: 0, depth: 0 };
export const oneCall: Measured = { calls: 1, depth: 1 };

const ADD = `mutation ($input: AddUpsellItemInput!) { addUpsellItem(input: $input) { operation { status } } }`;

/** Adds the item that `addedItem` looks for. */
export async function addItem(stack: FullStack, order: string, item: object): Promise<void> {
  const data = await stack.data(ADD, { input: { idempotencyKey: KEY, orderId: order, item } });
  if (data.at('addUpsellItem', 'operation', 'status') !== 'SUCCEEDED') throw new Error(JSON.stringify(data.value));
}

export function addedItem(least: Measured, reason?: string): CallsCase {
  return caseOf('OperationByKey', 'one added item', { idempotencyKey: KEY }, least, reason);
}

export function upcomingOrders(data: string, least: Measured, reason?: string): CallsCase {
  return caseOf('UpcomingOrders', data, { first: 100 }, least, reason);
}

export function mySubscriptions(least: Measured, reason?: string): CallsCase {
  return caseOf('MySubscriptions', 'the sandbox', { first: 10 }, least, reason);
}

/** Asks whether each item may be added to its order. */
export function mayIOffer(
  data: string,
  inputs: readonly { readonly orderId: string; readonly item: object }[],
  least: Measured,
  reason?: string,
): CallsCase {
  return caseOf('MayIOffer', data, { inputs }, least, reason);
}

export function previewUpsell(
  data: string,
  input: { readonly orderId: string; readonly item: object },
  least: Measured,
  reason?: string,
): CallsCase {
  return caseOf('PreviewUpsell', data, { input }, least, reason);
}

export function offersOfOrder(data: string, order: string, least: Measured, reason?: string): CallsCase {
  return caseOf('OffersOfOrder', data, { orderId: order }, least, reason);
}

/** A write with the variables of an example, or with an `input`; its payload selects the order, its totals and its lines. */
export function write(
  mutation: string,
  data: string,
  input: Example | object,
  least: Measured,
  reason?: string,
): CallsCase {
  const idempotencyKey = `${mutation} for the calls table`;
  const variables =
    typeof input === 'string' ? Object(exampleVariables[input]) : { input: { idempotencyKey, ...input } };
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const text = `mutation ($input: ${type}!) { ${mutation}(input: $input) {
    effect operation { status } errors { message }
    order { status totals { total { amount } } lineItems { nodes { id quantity total { amount } } } }
  } }`;
  return { operation: mutation, data, variables, least, text, ...(reason !== undefined && { reason }) };
}

/** Its name in `schema/operations/variables.json`. */
type Example = string;

export const capabilities: CallsCase = {
  operation: 'AccountsAndCapabilities',
  data: '',
  variables: {},
  least: noCall,
};

function caseOf(operation: string, data: string, variables: object, least: Measured, reason?: string): CallsCase {
  return { operation, data, variables, least, ...(reason !== undefined && { reason }) };
}
