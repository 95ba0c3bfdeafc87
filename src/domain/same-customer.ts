/** Compares two customer identifiers by the rule of the provider that issued them. */
export type SameCustomer = (one: string, other: string) => boolean;

export const sameText: SameCustomer = (one, other) => one === other;

/**
 * Compares e-mail addresses, ignoring the case of A to Z. Folds no other letters: several fold to the same one (the
 * Kelvin sign to k), and a look-alike must not match another customer.
 */
export const sameEmailAddress: SameCustomer = (one, other) => foldAscii(one) === foldAscii(other);

function foldAscii(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
