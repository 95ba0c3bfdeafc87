import type { Operation } from '../../src/domain/operation.js';
import { mayRestart } from '../../src/operations/ledger.js';

/** The states an operation can be in, with what is behind each. */
export const protocolStates = {
  claimed: 'the key is taken, nothing was sent',
  'sending first': 'the first write is about to leave or has left',
  'step done': 'a write is confirmed or was found; nothing is in flight',
  'sending next': 'a later write is about to leave or has left',
  'open: sent': 'INDETERMINATE, a write is in flight',
  'open: done': 'INDETERMINATE, all writes are confirmed and do not show, or none could be taken back',
  'given up: sent': 'left for a person, a write is in flight',
  'given up: done': 'left for a person, all writes are confirmed',
  succeeded: 'SUCCEEDED as asked',
  'succeeded otherwise': 'SUCCEEDED with differences',
  'failed: same key': 'FAILED, nothing of it is in force, the key may run again',
  'failed: new request': 'FAILED, nothing was found',
  'failed: taken back': 'FAILED, the item was taken back off another order',
  rejected: 'REJECTED before anything was sent',
  'rejected by the provider': 'REJECTED by a no, and the order read since',
  partial: 'PARTIAL, a part is in force and a part is not',
  'partial: moved': 'PARTIAL, the item stays on an order nobody asked for',
} as const;

export type ProtocolState = keyof typeof protocolStates;

export function stateOf(operation: Operation, leaseUntil: number | null): ProtocolState {
  const { status, inFlightStep, progress, errors } = operation;
  const doneSteps = Object.keys(progress?.done ?? {}).length;
  const isMoved = errors.some(({ code }) => code === 'TARGET_MOVED');
  switch (status) {
    case 'PENDING':
      if (inFlightStep) return doneSteps === 0 ? 'sending first' : 'sending next';
      return doneSteps > 0 ? 'step done' : 'claimed';
    case 'INDETERMINATE':
    case 'ACTION_REQUIRED':
      if (leaseUntil === null) return inFlightStep ? 'given up: sent' : 'given up: done';
      return inFlightStep ? 'open: sent' : 'open: done';
    case 'SUCCEEDED':
      return operation.differences.length > 0 ? 'succeeded otherwise' : 'succeeded';
    case 'FAILED':
      if (isMoved) return 'failed: taken back';
      return mayRestart(operation) ? 'failed: same key' : 'failed: new request';
    case 'REJECTED':
      return progress ? 'rejected by the provider' : 'rejected';
    case 'PARTIAL':
      return isMoved ? 'partial: moved' : 'partial';
  }
}

const endings: readonly ProtocolState[] = ['succeeded', 'succeeded otherwise', 'partial'];
const moved: readonly ProtocolState[] = ['failed: taken back', 'partial: moved'];
const failures: readonly ProtocolState[] = ['failed: same key', 'failed: new request', 'rejected by the provider'];

/** The arrows of the protocol: a transition that is not among them is a breach. */
export const protocolArrows: Readonly<Record<ProtocolState | 'new', readonly ProtocolState[]>> = {
  new: ['claimed'],
  claimed: ['sending first', 'rejected', 'failed: same key', 'succeeded'],
  'sending first': [
    'sending first',
    'step done',
    'sending next',
    ...endings,
    ...moved,
    ...failures,
    'open: sent',
    'open: done',
    'given up: sent',
    'given up: done',
  ],
  'step done': ['step done', 'sending next', ...endings, ...moved, 'open: done', 'given up: done'],
  'sending next': [
    'sending next',
    'step done',
    ...endings,
    'open: sent',
    'open: done',
    'given up: sent',
    'given up: done',
  ],
  'open: sent': ['open: sent', 'open: done', 'given up: sent', 'given up: done', ...endings, ...moved, ...failures],
  'open: done': ['open: done', 'given up: done', ...endings, ...moved],
  'given up: sent': [],
  'given up: done': [],
  succeeded: [],
  'succeeded otherwise': [],
  'failed: same key': [],
  'failed: new request': [],
  'failed: taken back': [],
  rejected: [],
  'rejected by the provider': [],
  partial: [],
  'partial: moved': [],
};
