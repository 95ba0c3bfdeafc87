import type { LineItem } from '../../src/domain/line-item.js';
import type { Lookup } from '../../src/domain/lookup.js';
import type { DataSource } from '../../src/domain/provider.js';
import type {
  AddItem,
  SendResult,
  InspectResult,
  Preparation,
  WriteProgress,
  WriteRequest,
  Writer,
} from '../../src/domain/write.js';
import { prepareWrite } from '../../src/operations/read-target.js';
import { inspectStep } from '../../src/operations/reconcile-step.js';
import { type ContractSubject, port } from './subject.js';

export function valueOf<T>(lookup: Lookup<T> | undefined): T {
  if (lookup?.state !== 'found') throw new Error(`expected a value, got ${JSON.stringify(lookup)}`);
  return lookup.value;
}

export function addTo(orderKey: string, subject: ContractSubject, more: Partial<AddItem> = {}): AddItem {
  return {
    kind: 'ADD_UPSELL_ITEM',
    orderKey,
    item: subject.items.addable,
    quantity: 2,
    subscribe: null,
    ifPresent: 'REJECT',
    ifTargetMoved: 'REJECT',
    ...more,
  };
}

export const adder = (source: DataSource) => port(source.upsells, 'upsells').add;

export interface Run {
  readonly sent: SendResult;
  inspect(): Promise<InspectResult>;
}

/** Prepares and sends as the write protocol does: a fresh data source for each part. */
export async function run<R extends WriteRequest>(
  subject: ContractSubject,
  writerOf: (source: DataSource) => Writer<R>,
  request: R,
): Promise<Run> {
  const preparation = await prepareWrite(writerOf(subject.open()), request);
  if (preparation.outcome === 'refused') throw new Error(`refused: ${preparation.refusal.code}`);
  const { steps, snapshot } = preparation.target;
  let progress: WriteProgress = { snapshot, done: {} };
  for (const [index, step] of steps.entries()) {
    const sent = await writerOf(subject.open()).send(step, request, storable(progress));
    const at = storable(progress);
    if (sent.outcome !== 'confirmed' || index === steps.length - 1) {
      return { sent, inspect: () => inspectStep(writerOf(subject.open()), step, request, at) };
    }
    progress = { snapshot, done: { ...progress.done, [step]: sent.result } };
  }
  throw new Error('there was nothing to send');
}

/** What a ledger would give back. */
function storable(progress: WriteProgress): WriteProgress {
  return structuredClone(progress);
}

export async function linesOf(subject: ContractSubject, orderKey: string): Promise<readonly LineItem[]> {
  const source = subject.open();
  const order = valueOf((await source.orders.getMany([orderKey]))[0]);
  return valueOf((await port(source.lineItems, 'lineItems').forOrders([order]))[0]);
}

export async function prepare(subject: ContractSubject, request: AddItem): Promise<Preparation> {
  return prepareWrite(adder(subject.open()), request);
}

export function countWrites(subject: ContractSubject): number {
  return subject.requests().filter(({ method }) => method !== 'GET').length;
}
