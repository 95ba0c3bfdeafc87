/** `traceparent` and `tracestate` headers (https://www.w3.org/TR/trace-context/); empty when tracing is off. */
export type TraceHeaders = Readonly<Record<string, string>>;
