import { ProviderFailure } from '../domain/problem.js';
import { TransportFailure } from '../domain/transport.js';

/** One of few words for anything thrown; its message may hold anything and is never told. */
export function failureName(error: unknown): string {
  if (error instanceof TransportFailure) return error.kind.toLowerCase();
  if (error instanceof ProviderFailure) return error.problem.kind.toLowerCase();
  return error instanceof Error ? error.name : 'error';
}
