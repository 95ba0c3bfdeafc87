import { once } from 'node:events';
import { createServer } from 'node:http';

/** A span as a collector gets it, https://opentelemetry.io/docs/specs/otlp/ */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the root of a trace. */
  readonly parentSpanId: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Spans of other traces. */
  readonly links: readonly SpanLink[];
  /** Whether it ended in an error. */
  readonly hasFailed: boolean;
}

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
}

export interface OtlpReceiver {
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  /** What came since the last time, as it was sent. */
  takeTexts(): readonly string[];
  /** Of the process that sent them. */
  readonly resource: Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}

/** A collector that keeps the spans it is sent as JSON over HTTP, and answers with `status`. */
export async function startOtlpReceiver(status = 200): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const texts: string[] = [];
  const resource: Record<string, unknown> = {};
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method !== 'POST' || request.url !== '/v1/traces') return response.writeHead(404).end();
      const text = Buffer.concat(chunks).toString('utf8');
      texts.push(text);
      for (const batch of batchesIn(JSON.parse(text))) {
        Object.assign(resource, batch.resource);
        spans.push(...batch.spans);
      }
      return response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : null;

  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    resource,
    takeTexts: () => texts.splice(0),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface WireSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly WireAttribute[];
  readonly links?: readonly SpanLink[];
  readonly status: { readonly code: number };
}

interface WireAttribute {
  readonly key: string;
  /** Its only property names the type. */
  readonly value: Readonly<Record<string, unknown>>;
}

interface WireExport {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly WireAttribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

const STATUS_ERROR = 2;

function batchesIn({ resourceSpans }: WireExport) {
  return resourceSpans.map(({ resource, scopeSpans }) => ({
    resource: toRecord(resource.attributes),
    spans: scopeSpans.flatMap((scope) => scope.spans.map(toSpan)),
  }));
}

function toSpan({ parentSpanId = '', attributes, links = [], status, ...span }: WireSpan): ReceivedSpan {
  return {
    parentSpanId,
    attributes: toRecord(attributes),
    links: links.map(({ traceId, spanId }) => ({ traceId, spanId })),
    hasFailed: status.code === STATUS_ERROR,
    traceId: span.traceId,
    spanId: span.spanId,
    name: span.name,
    kind: span.kind,
  };
}

function toRecord(attributes: readonly WireAttribute[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
