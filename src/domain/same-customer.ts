/** Compares two customer identifiers by the rule of the provider that issued them. */
export type SameCustomer = (one: string, other: string) => boolean;

export const sameText: SameCustomer = (one, other) => one === other;

/**
 * Compares e-mail addresses without regard to the case of A to Z. Other letters stay as they are: several fold to the
 * same one (the Kelvin sign to k), and a look-alike must not become somebody else.
 */
export const sameEmailAddress: SameCustomer = (one, other) => foldAscii(one) === foldAscii(other);

function foldAscii(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
