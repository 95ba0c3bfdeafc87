import { ProviderFailure } from '../domain/problem.js';
import { TransportFailure } from '../domain/transport.js';

/** Names a thrown value by one of few words, never by its message, which may hold anything. */
export function failureName(error: unknown): string {
  if (error instanceof TransportFailure) return error.kind.toLowerCase();
  if (error instanceof ProviderFailure) return error.problem.kind.toLowerCase();
  return error instanceof Error ? error.name : 'error';
}
