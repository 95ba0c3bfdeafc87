import { problem, ProviderFailure } from '../../domain/problem.js';

/** Throws REJECTED for a customer identifier that cannot be the provider's: nobody's list is not an empty list. */
export function requireCustomerId(isId: boolean, provider: string, form: string): void {
  if (isId) return;
  throw new ProviderFailure(
    problem('REJECTED', `The customer identifier of this account must be ${form} of ${provider}.`),
  );
}
