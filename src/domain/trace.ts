/** `traceparent` and `tracestate` of https://www.w3.org/TR/trace-context/; empty where nothing is traced. */
export type TraceHeaders = Readonly<Record<string, string>>;
