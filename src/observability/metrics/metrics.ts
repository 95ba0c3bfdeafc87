import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Observe } from '../../domain/observer.js';
import type { Ledger } from '../../operations/ledger.js';
import { createInstruments } from './instruments.js';
import { gaugeLedger } from './ledger-gauge.js';
import { timed } from '../timed.js';
import { metricRecorders } from './recorders.js';

export interface Metrics {
  readonly observe: Observe;
  readonly contentType: string;
  /** The page as Prometheus reads it. */
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
