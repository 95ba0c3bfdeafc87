import { problem, type ProviderProblem } from './problem.js';

/** How identifiers of one kind look. */
export interface IdentifierRule {
  matches(text: string): boolean;
  /** Ends the sentence "This must be". */
  readonly form: string;
}

/** How the identifiers look that clients give. */
export interface IdentifierRules {
  readonly product: IdentifierRule;
  readonly customer: IdentifierRule;
  /** Absent when products have no variants, or are variants. */
  readonly productVariant?: IdentifierRule;
}

/** Returns the problem of a customer identifier that cannot be the provider's; null for one that can. */
export function problemOfCustomer(
  { customer: { matches, form } }: IdentifierRules,
  customerId: string,
): ProviderProblem | null {
  if (matches(customerId)) return null;
  return problem('REJECTED', `The customer identifier of this account must be ${form}.`);
}
