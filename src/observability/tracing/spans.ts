import { type Attributes, SpanKind } from '@opentelemetry/api';
import type { Activities, ActivityName, ProviderCall } from '../../domain/observer.js';
import type { TraceHeaders } from '../../domain/trace.js';

/** Start of a span. Names follow https://opentelemetry.io/docs/specs/semconv/; our own begin with `upsell.` */
export interface SpanStart {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  /** Span of another trace that this one continues. */
  readonly after?: TraceHeaders;
}

export interface SpanEnd {
  readonly attributes: Attributes;
  /** Final name of the span. */
  readonly name?: string;
  /** Null on success. */
  readonly errorType: string | null;
  /** Whether the error is a fault rather than an expected refusal. */
  readonly isFault: boolean;
}

type Starts = { readonly [Name in ActivityName]: (begin: Activities[Name]['begin']) => SpanStart };
type Ends = { readonly [Name in ActivityName]: (end: Activities[Name]['end']) => SpanEnd };

export const startOf: Starts = {
  graphRequest: ({ method }) => ({
    name: 'GraphQL Operation',
    kind: SpanKind.SERVER,
    attributes: { 'http.request.method': method },
  }),
  loaderBatch: ({ loader, account, size }) => ({
    name: `dataloader.batch ${loader}`,
    kind: SpanKind.INTERNAL,
    attributes: { 'upsell.account': account, 'upsell.loader.name': loader, 'upsell.loader.batch_size': size },
  }),
  accountList: ({ account, list }) => ({
    name: `list ${list}`,
    kind: SpanKind.INTERNAL,
    attributes: { 'upsell.account': account, 'upsell.list': list },
  }),
  providerCall: (call) => ({
    name: `${call.method} ${call.urlTemplate}`,
    kind: SpanKind.CLIENT,
    attributes: attributesOf(call),
  }),
  unsentCall: (call) => ({
    name: `unsent ${call.method} ${call.urlTemplate}`,
    kind: SpanKind.INTERNAL,
    attributes: attributesOf(call),
  }),
  write: ({ account, kind, operationId, isRecovery, begunIn }) => ({
    name: `${isRecovery ? 'recover' : 'write'} ${kind}`,
    kind: SpanKind.INTERNAL,
    attributes: { 'upsell.account': account, 'upsell.write.kind': kind, 'upsell.operation.id': operationId },
    after: begunIn,
  }),
  writeStep: ({ account, kind, step }) => ({
    name: `step ${step}`,
    kind: SpanKind.INTERNAL,
    attributes: { 'upsell.account': account, 'upsell.write.kind': kind, 'upsell.step.name': step },
  }),
  webhook: ({ account }) => ({
    name: 'webhook',
    kind: SpanKind.SERVER,
    attributes: { 'upsell.account': account },
  }),
};

function attributesOf({ account, provider, method, urlTemplate, host, port, attempt }: ProviderCall): Attributes {
  return {
    'http.request.method': method,
    'url.template': urlTemplate,
    'server.address': host,
    'server.port': port,
    'upsell.account': account,
    'upsell.provider': provider,
    ...(attempt > 1 && { 'http.request.resend_count': attempt - 1 }),
  };
}

const SERVER_ERROR = 500;
const CLIENT_ERROR = 400;

export const endOf: Ends = {
  graphRequest: ({ httpStatus, operation, outcome, errorCode }) => ({
    // Clients choose the names of operations, so a span is not named after one.
    ...(operation && { name: operation.type }),
    attributes: {
      'http.response.status_code': httpStatus,
      'upsell.graph.outcome': outcome,
      ...(operation && { 'graphql.operation.type': operation.type }),
      ...(operation?.name && { 'graphql.operation.name': operation.name }),
    },
    errorType: outcome === 'ok' ? null : (errorCode ?? String(httpStatus)),
    isFault: outcome !== 'refused' || httpStatus >= SERVER_ERROR,
  }),
  loaderBatch: ({ failed }) => ({
    attributes: { 'upsell.loader.failed': failed },
    errorType: null,
    isFault: false,
  }),
  accountList: ({ items, problem }) => ({
    attributes: {
      'upsell.list.items': items,
      ...(problem?.leftOut && {
        'upsell.list.unreadable': problem.leftOut.unreadable,
        'upsell.list.foreign': problem.leftOut.foreign,
      }),
    },
    errorType: problem?.kind ?? null,
    isFault: true,
  }),
  providerCall: ({ status }) => ({
    attributes: { 'http.response.status_code': status },
    errorType: status >= CLIENT_ERROR ? String(status) : null,
    isFault: true,
  }),
  unsentCall: ({ reason }) => ({ attributes: {}, errorType: reason.toLowerCase(), isFault: true }),
  write: ({ status }) => ({
    attributes: { 'upsell.operation.status': status },
    errorType: status === 'SUCCEEDED' ? null : status,
    isFault: status !== 'REJECTED',
  }),
  writeStep: ({ outcome }) => ({
    attributes: outcome === null ? {} : { 'upsell.step.outcome': outcome },
    errorType: outcome === 'FAILED' || outcome === 'UNKNOWN' ? outcome : null,
    isFault: outcome === 'UNKNOWN',
  }),
  webhook: ({ outcome }) => ({
    attributes: { 'upsell.webhook.outcome': outcome },
    errorType: outcome === 'accepted' || outcome === 'duplicate' ? null : outcome,
    isFault: false,
  }),
};
