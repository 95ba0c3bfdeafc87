import type { Snapshot } from '../../../domain/write.js';
import type { OneOffTarget } from '../client.js';
import type { OrderView } from '../order-view.js';
import { linesText } from './contract-lines.js';
import { pairsOf } from './one-off-rows.js';

export const ADD_ITEM = 'add_item';
export const ADD_LINE = 'add_line';
export const REMOVE_ITEM = 'remove_item';

/** All that sending needs besides the request, so that any process can go on with it. */
export interface WriteContext extends OneOffTarget {
  readonly handle: string;
  /** Where one-offs of the contract were before. */
  readonly pairs: string;
  /** The lines of the contract before. */
  readonly lines: string;
}

export function snapshotOf(
  view: OrderView,
  variantId: string,
  handle: string,
  more: Readonly<Record<string, string>> = {},
): Snapshot {
  const { key, lines, oneOffs, contract } = view;
  return {
    lineItemKeys: lines.state === 'found' ? lines.value.map(({ ref }) => ref.key) : [],
    context: {
      contractId: key.contractId,
      attemptId: key.attemptId,
      variantId,
      handle,
      pairs: pairsOf(oneOffs.state === 'found' ? oneOffs.value : []),
      lines: linesText(contract.state === 'found' ? contract.value.lines.records : []),
      ...more,
    },
  };
}

export function contextOf({ context }: Snapshot): WriteContext {
  const fact = (name: keyof WriteContext) => context[name] ?? '';
  return {
    contractId: fact('contractId'),
    attemptId: fact('attemptId'),
    variantId: fact('variantId'),
    handle: fact('handle'),
    pairs: fact('pairs'),
    lines: fact('lines'),
  };
}
