import { type IdentifierRules, problemOfCustomer } from '../../domain/identifier.js';
import { ProviderFailure } from '../../domain/problem.js';

/** Throws REJECTED for a customer identifier that cannot be the provider's: nobody's list is not an empty list. */
export function requireCustomerId(identifiers: IdentifierRules, customerId: string): void {
  const problem = problemOfCustomer(identifiers, customerId);
  if (problem) throw new ProviderFailure(problem);
}
