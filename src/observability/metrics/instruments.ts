import { Counter, Histogram, type Registry } from 'prom-client';

/** Buckets from a cached response to the longest write. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];
const BATCH_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** Creates the metrics of requests, provider calls and writes. Each label has few values. */
export function createInstruments(registry: Registry) {
  const registers = [registry];
  return {
    requests: new Counter({
      name: 'upsell_graph_requests_total',
      help: 'GraphQL requests by operation and outcome (ok, partial, failed, refused).',
      labelNames: ['operation', 'type', 'outcome'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'upsell_graph_request_duration_seconds',
      help: 'Time from the request to its answer.',
      labelNames: ['operation', 'type'],
      buckets: SECONDS,
      registers,
    }),
    providerCalls: new Counter({
      name: 'upsell_provider_calls_total',
      help: 'Requests to providers by endpoint and outcome: an HTTP status, why none came, or why none was asked for.',
      labelNames: ['account', 'provider', 'method', 'endpoint', 'outcome'],
      registers,
    }),
    providerCallSeconds: new Histogram({
      name: 'upsell_provider_call_duration_seconds',
      help: 'Time from the request to the whole answer of a provider.',
      labelNames: ['account', 'provider', 'method', 'endpoint'],
      buckets: SECONDS,
      registers,
    }),
    batchSize: new Histogram({
      name: 'upsell_loader_batch_size',
      help: 'Records read together by one loader.',
      labelNames: ['account', 'loader'],
      buckets: BATCH_SIZES,
      registers,
    }),
    writes: new Counter({
      name: 'upsell_writes_total',
      help: 'Writes by kind and the status they came to.',
      labelNames: ['account', 'kind', 'status'],
      registers,
    }),
    writeSeconds: new Histogram({
      name: 'upsell_write_duration_seconds',
      help: 'Time from the claimed key to the answer.',
      labelNames: ['account', 'kind'],
      buckets: SECONDS,
      registers,
    }),
    webhooks: new Counter({
      name: 'upsell_webhooks_total',
      help: 'Webhooks by outcome: accepted, duplicate, or why they were refused.',
      labelNames: ['account', 'outcome'],
      registers,
    }),
    recoveries: new Counter({
      name: 'upsell_recoveries_total',
      help: 'Attempts to settle a write that was left open, by the status they came to.',
      labelNames: ['account', 'kind', 'status'],
      registers,
    }),
    decodeSurprises: new Counter({
      name: 'upsell_decode_surprises_total',
      help: 'Values of providers that were not understood, by field.',
      labelNames: ['provider', 'field'],
      registers,
    }),
    ledgerCallSeconds: new Histogram({
      name: 'upsell_ledger_call_duration_seconds',
      help: 'Time of a call of the ledger.',
      labelNames: ['call'],
      buckets: SECONDS,
      registers,
    }),
    budgetQuestionSeconds: new Histogram({
      name: 'upsell_budget_question_duration_seconds',
      help: 'Time to lease calls of a budget that several processes share.',
      labelNames: ['outcome'],
      buckets: SECONDS,
      registers,
    }),
    keyFailures: new Counter({
      name: 'upsell_key_fetch_failures_total',
      help: 'Requests refused because the keys of the issuer of their token could not be fetched.',
      labelNames: ['issuer'],
      registers,
    }),
  };
}

export type Instruments = ReturnType<typeof createInstruments>;
