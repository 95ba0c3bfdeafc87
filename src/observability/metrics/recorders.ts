import type { GraphOperation } from '../../domain/observer.js';
import type { Recorders } from '../timed.js';
import type { Instruments } from './instruments.js';

/** Records activities as counters and histograms. */
export function metricRecorders(instruments: Instruments): Recorders {
  const labelOf = createOperationLabels();
  return {
    graphRequest({ end, seconds }) {
      const operation = labelOf(end?.operation ?? null);
      const type = end?.operation?.type ?? '(none)';
      instruments.requests.inc({ operation, type, outcome: end?.outcome ?? 'failed' });
      instruments.requestSeconds.observe({ operation, type }, seconds);
    },
    loaderBatch({ begin: { account, loader, size } }) {
      instruments.batchSize.observe({ account, loader }, size);
    },
    providerCall({ begin: { account, provider, method, urlTemplate: endpoint }, end, failure, seconds }) {
      const labels = { account, provider, method, endpoint };
      instruments.providerCalls.inc({ ...labels, outcome: end?.status ?? failure ?? '' });
      instruments.providerCallSeconds.observe(labels, seconds);
    },
    unsentCall({ begin: { account, provider, method, urlTemplate: endpoint }, end }) {
      const outcome = end?.reason.toLowerCase() ?? '';
      instruments.providerCalls.inc({ account, provider, method, endpoint, outcome });
    },
    webhook({ begin: { account }, end }) {
      instruments.webhooks.inc({ account, outcome: end?.outcome ?? 'failed' });
    },
    write({ begin: { account, kind, isRecovery }, end, seconds }) {
      const status = end?.status ?? '(crashed)';
      if (isRecovery) return instruments.recoveries.inc({ account, kind, status });
      instruments.writes.inc({ account, kind, status });
      instruments.writeSeconds.observe({ account, kind }, seconds);
    },
  };
}

/** Limits of labels, because clients choose the names of their operations. */
const MAX_NAMES = 100;
const MAX_LENGTH = 60;

/** Creates the label of an operation, from a bounded set whatever clients send. */
export function createOperationLabels(): (operation: GraphOperation | null) => string {
  const known = new Set<string>();
  return (operation) => {
    if (operation === null) return '(none)';
    const { name } = operation;
    if (name === null) return '(anonymous)';
    if (known.has(name)) return name;
    if (known.size === MAX_NAMES || name.length > MAX_LENGTH) return '(other)';
    known.add(name);
    return name;
  };
}
