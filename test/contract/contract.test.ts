import { expect, test } from '@jest/globals';
import { providers } from '../../src/providers/index.js';
import { subjectOf } from '../subjects/index.js';
import { cases, describeContract } from './suite.js';

test('every case has its own stable id', () => {
  const ids = cases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

for (const [name, provider] of Object.entries(providers)) describeContract(name, provider, subjectOf(name).contract);
