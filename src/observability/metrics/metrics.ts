import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Observe } from '../../domain/observer.js';
import type { Ledger } from '../../operations/ledger.js';
import { createInstruments } from './instruments.js';
import { timed } from '../timed.js';
import { metricRecorders } from './recorders.js';

export interface Metrics {
  readonly observe: Observe;
  readonly contentType: string;
  readonly count: Counts;
  /** Renders the page that Prometheus scrapes. */
  page(): Promise<string>;
}

/** Counts what is no activity. */
export interface Counts {
  decodeSurprise(provider: string, field: string): void;
  ledgerCall(call: string, seconds: number): void;
  keyFailure(issuer: string): void;
  budgetQuestion(seconds: number, outcome: 'answered' | 'failed'): void;
}

/** Fields are named by decoders, and identifiers of none; still, a label has an end. */
const MAX_FIELDS = 300;

export function startMetrics(
  ledger: Pick<Ledger, 'countUnsettled'>,
  onLedgerFailure: (error: unknown) => void,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  gaugeLedger(registry, ledger, onLedgerFailure);
  const instruments = createInstruments(registry);
  const fields = new Set<string>();
  return {
    observe: timed(metricRecorders(instruments)),
    count: {
      decodeSurprise(provider, name) {
        if (fields.size < MAX_FIELDS) fields.add(name);
        instruments.decodeSurprises.inc({ provider, field: fields.has(name) ? name : '(other)' });
      },
      ledgerCall: (call, seconds) => instruments.ledgerCallSeconds.observe({ call }, seconds),
      budgetQuestion: (seconds, outcome) => instruments.budgetQuestionSeconds.observe({ outcome }, seconds),
      keyFailure: (issuer) => instruments.keyFailures.inc({ issuer }),
    },
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
