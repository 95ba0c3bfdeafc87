import TestSequencer from '@jest/test-sequencer';

/**
 * Suites that take a minute and more, the longest first: begun last, one of them would keep all other processors waiting. The
 * first two go together: one computes all the time and minds no delay, the other waits for leases of killed processes to end.
 */
const longest = [
  'executor/random-documents',
  'crash/crash-matrix',
  'outbound/hostile-upstream',
  'secrets/failing-providers',
  'hostile/hostile-answers',
  'access/cross-customer',
  'spoilt/spoilt-records',
  'e2e/sandbox-page',
  'providers/appstle/outcomes',
  'storefront/walk',
  'crash/contention',
  'storefront/random-walk',
  'secrets/secrets',
  'image/image',
  'doctor/doctor',
  'contract/agreement',
  'streams/event-writer',
  'executor/compile-time',
];

export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const place = longest.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
      return place < 0 ? longest.length : place;
    };
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
}
