import type { ReceivedSpan } from './otlp-receiver.js';

/** The spans of one trace, by how they belong together. */
export interface SpanTree {
  readonly spans: readonly ReceivedSpan[];
  /** Spans whose parent was not sent. */
  readonly roots: readonly ReceivedSpan[];
  /** The names from the root to each span, joined by ` > `; sorted. */
  readonly paths: readonly string[];
  /** The only span of this path. */
  at(path: string): ReceivedSpan;
}

export function treeOf(all: readonly ReceivedSpan[], traceId: string): SpanTree {
  const spans = all.filter((span) => span.traceId === traceId);
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const pathOf = (span: ReceivedSpan): string => {
    const parent = byId.get(span.parentSpanId);
    return parent ? `${pathOf(parent)} > ${span.name}` : span.name;
  };
  return {
    spans,
    roots: spans.filter(({ parentSpanId }) => !byId.has(parentSpanId)),
    paths: spans.map(pathOf).sort(),
    at(path) {
      const [found, ...more] = spans.filter((span) => pathOf(span) === path);
      if (!found || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} spans at ${path}`);
      return found;
    },
  };
}
