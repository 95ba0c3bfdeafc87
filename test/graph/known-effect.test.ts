import { describe, expect, test } from '@jest/globals';
import type { Operation, OperationStep } from '../../src/domain/operation.js';
import type { RefusalOf } from '../../src/domain/refusal.js';
import { effectOf } from '../../src/graph/operation/known-effect.type.js';
import { sampleOperation } from './sample-records.js';

const progress = { snapshot: { lineItemKeys: ['l1'], context: {} }, done: {} };
const compensated: OperationStep = {
  name: 'take_back',
  outcome: 'COMPENSATED',
  startedAt: new Date(0),
  durationMs: 1,
  attempts: 1,
  problem: null,
};

function declined(orderRestored: boolean | null): RefusalOf<'PAYMENT'> {
  return {
    code: 'PAYMENT',
    message: 'The payment was declined.',
    path: null,
    retry: 'NEW_REQUEST',
    reason: 'DECLINED',
    orderRestored,
  };
}

describe('the effect of an operation', () => {
  test('is that nothing was sent, whatever the status, until a write is on record', () => {
    const statuses = ['PENDING', 'REJECTED', 'FAILED'] as const;
    expect(statuses.map((status) => effectOf(sampleOperation('sc', { status, progress: null })))).toEqual([
      'NOT_SENT',
      'NOT_SENT',
      'NOT_SENT',
    ]);
    expect(effectOf(null)).toBe('NOT_SENT');
  });

  test.each([
    ['SUCCEEDED', 'CHANGED'],
    ['PARTIAL', 'PARTLY_CHANGED'],
    ['PENDING', 'UNKNOWN'],
    ['INDETERMINATE', 'UNKNOWN'],
    ['REJECTED', 'UNKNOWN'],
    ['FAILED', 'UNKNOWN'],
  ] as const)('of a write that left and is %s is %s', (status, effect) => {
    expect(effectOf(sampleOperation('sc', { status, progress }))).toBe(effect);
  });

  test('is that it was put back only where that was confirmed or read', () => {
    const failed = (more: Partial<Operation>) =>
      effectOf(sampleOperation('sc', { status: 'FAILED', progress, ...more }));
    expect(failed({ steps: [compensated] })).toBe('RESTORED');
    expect([true, false, null].map((restored) => failed({ errors: [declined(restored)] }))).toEqual([
      'RESTORED',
      'UNKNOWN',
      'UNKNOWN',
    ]);
  });
});
