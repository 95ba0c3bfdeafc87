import { Gauge, type Registry } from 'prom-client';
import type { Ledger } from '../../operations/ledger.js';

/** Writes that are not settled, as the ledger has them when the page is read. All replicas of one ledger show the same. */
export function gaugeLedger(
  registry: Registry,
  ledger: Pick<Ledger, 'countUnsettled'>,
  onFailure: (error: unknown) => void,
): void {
  const gauge = new Gauge({
    name: 'upsell_ledger_operations',
    help: 'Writes not settled: running (pending), looked after (indeterminate), left for a person (given_up).',
    labelNames: ['state'],
    registers: [],
    async collect() {
      try {
        const { pending, indeterminate, givenUp } = await ledger.countUnsettled();
        this.set({ state: 'pending' }, pending);
        this.set({ state: 'indeterminate' }, indeterminate);
        this.set({ state: 'given_up' }, givenUp);
      } catch (error) {
        // No number is better than an old one.
        this.reset();
        onFailure(error);
      }
    },
  });
  registry.registerMetric(gauge);
}
