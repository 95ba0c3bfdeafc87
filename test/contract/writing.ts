import type { LineItem } from '../../src/domain/line-item.js';
import type { DataSource } from '../../src/domain/provider.js';
import type { AddItem, Preparation, SendResult, WriteRequest, Writer } from '../../src/domain/write.js';
import type { Verdict } from '../../src/operations/outcome/judge.js';
import { prepareWrite } from '../../src/operations/read-target.js';
import { valueOf } from '../support/provider-harness.js';
import { judgeSteps, sendSteps } from '../support/write-steps.js';
import { type ContractSubject, port } from './subject.js';

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
  /** What the provider said of the last step that was sent. */
  readonly sent: SendResult;
  /** Looks what became of it, at once or once no look will show more. */
  look(when?: 'at once' | 'at last'): Promise<Verdict>;
}

/** Prepares and sends as the write protocol does: a fresh data source for each part. */
export async function run<R extends WriteRequest>(
  subject: ContractSubject,
  writerOf: (source: DataSource) => Writer<R>,
  request: R,
): Promise<Run> {
  const writer = () => writerOf(subject.open());
  const written = await sendSteps(writer, request);
  const sent = written.answers.at(-1);
  if (!sent) throw new Error('nothing was sent');
  return { sent, look: (when = 'at once') => judgeSteps(writer, request, written, when === 'at once' ? 0 : Infinity) };
}

/** What became of the last step that was sent. */
export function lastStep({ steps }: Verdict): Verdict['steps'][number] | undefined {
  return steps.findLast(({ conclusion }) => conclusion !== 'UNSENT');
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
