import { AsyncResource } from 'node:async_hooks';
import { ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';

/** Of one export, its repeats included: what a collector that is gone may delay the end of the process. */
export const EXPORT_TIMEOUT_MS = 5_000;

/** Sends spans to a collector. Tells when that stops working and when it works again, not every time. */
export function createExporter(otlpUrl: string, onChange: (failure: Error | null) => void): SpanExporter {
  const url = `${otlpUrl.replace(/\/+$/, '')}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS });
  // Exports run in the context of whichever request began the batch, and are no part of it.
  const tell = AsyncResource.bind(onChange);
  let isFailing = false;

  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const hasFailed = result.code === ExportResultCode.FAILED;
        if (hasFailed !== isFailing) tell(hasFailed ? (result.error ?? new Error('no reason given')) : null);
        isFailing = hasFailed;
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  };
}
