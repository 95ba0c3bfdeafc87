import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Observe } from '../../domain/observer.js';
import type { Ledger } from '../../operations/ledger.js';
import { createInstruments } from './instruments.js';
import { timed } from '../timed.js';
import { metricRecorders } from './recorders.js';

export interface Metrics {
  readonly observe: Observe;
  readonly contentType: string;
  /** Renders the page that Prometheus scrapes. */
  page(): Promise<string>;
}

export function startMetrics(
  ledger: Pick<Ledger, 'countUnsettled'>,
  onLedgerFailure: (error: unknown) => void,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  gaugeLedger(registry, ledger, onLedgerFailure);
  return {
    observe: timed(metricRecorders(createInstruments(registry))),
    contentType: registry.contentType,
    page: () => registry.metrics(),
  };
}

/** Registers a gauge of unsettled writes, counted in the ledger on each scrape. All replicas of a ledger report the same. */
function gaugeLedger(
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
        // A missing sample is better than a stale one.
        this.reset();
        onFailure(error);
      }
    },
  });
  registry.registerMetric(gauge);
}
