import type { ProviderKey } from './account.js';
import type { OperationStatus, StepOutcome } from './operation.js';
import type { TraceHeaders } from './trace.js';
import type { HttpMethod, NotSentReason } from './transport.js';
import type { WriteKind } from './write.js';

/**
 * Measures what takes time. `work` is run at once; what it starts belongs to the activity. `endOf` says what came of it,
 * and is asked only when `work` did not fail.
 */
export type Observe = <Name extends ActivityName, T>(
  name: Name,
  begin: Activities[Name]['begin'],
  work: (trace: TraceHeaders) => Promise<T>,
  endOf: (result: T) => Activities[Name]['end'],
) => Promise<T>;

export const unobserved: Observe = (_name, _begin, work) => work(NO_HEADERS);

export type ActivityName = keyof Activities;

/** What is measured. Nothing here may hold a shopper's data: no identifiers of records, no variables, no URL as sent. */
export interface Activities {
  readonly graphRequest: { readonly begin: GraphRequest; readonly end: GraphAnswer };
  readonly loaderBatch: { readonly begin: LoaderBatch; readonly end: LoadedBatch };
  readonly providerCall: { readonly begin: ProviderCall; readonly end: ProviderAnswer };
  readonly unsentCall: { readonly begin: ProviderCall; readonly end: NotSent };
  readonly write: { readonly begin: ObservedWrite; readonly end: WriteOutcome };
  readonly writeStep: { readonly begin: ObservedStep; readonly end: ObservedStepEnd };
}

const NO_HEADERS: TraceHeaders = {};

export interface GraphRequest {
  readonly method: string;
  /** As the caller sent them; empty when it sent none. */
  readonly trace: TraceHeaders;
}

export interface GraphAnswer {
  readonly httpStatus: number;
  /** Null when the request did not get as far as naming one that exists. */
  readonly operation: GraphOperation | null;
  readonly outcome: GraphOutcome;
  /** Code of the first error. */
  readonly errorCode: string | null;
}

export interface GraphOperation {
  readonly type: 'query' | 'mutation' | 'subscription';
  /** Chosen by the client. */
  readonly name: string | null;
}

/** Refused: not run at all. Partial: some fields failed. */
export type GraphOutcome = 'ok' | 'partial' | 'failed' | 'refused';

export interface LoaderBatch {
  readonly loader: string;
  /** Key of the provider account. */
  readonly account: string;
  readonly size: number;
}

export interface LoadedBatch {
  /** Keys that could not be read. */
  readonly failed: number;
}

/** One request to a provider; one that is sent again is another. */
export interface ProviderCall {
  readonly account: string;
  readonly provider: ProviderKey;
  readonly method: HttpMethod;
  readonly urlTemplate: string;
  readonly host: string;
  readonly port: number;
  /** From 1. */
  readonly attempt: number;
}

export interface ProviderAnswer {
  readonly status: number;
}

/** Describes a request that was rejected unsent, to spare the provider. */
export interface NotSent {
  readonly reason: NotSentReason;
}

export interface ObservedWrite {
  readonly account: string;
  readonly kind: WriteKind;
  /** Of our own making. */
  readonly operationId: string;
  /** Goes on with a write that an earlier request left open. */
  readonly isRecovery: boolean;
  /** Where that request was traced. */
  readonly begunIn: TraceHeaders;
}

export interface WriteOutcome {
  readonly status: OperationStatus;
}

export interface ObservedStep {
  readonly account: string;
  readonly kind: WriteKind;
  readonly step: string;
}

export interface ObservedStepEnd {
  /** Null when the step left no record. */
  readonly outcome: StepOutcome | null;
}
