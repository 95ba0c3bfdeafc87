import { createHash } from 'node:crypto';

/** Selections of the scenario `sandbox` that wait for payment-result. */
export const demoCheckouts = {
  first: id('first'),
  second: id('second'),
  /** Holds an item that can be subscribed to. */
  coffee: id('coffee'),
  /** Paid by card: Klarna raises no card authorisation. */
  card: id('card'),
  /** Another plugin than Klarna Checkout v3. */
  otherPlugin: id('other-plugin'),
  switzerland: id('switzerland'),
  voucher: id('voucher'),
  guest: id('guest'),
  japan: id('japan'),
  /** Another customer's. */
  other: id('other'),
  /** Of a customer without a subscription contract. */
  newcomer: id('newcomer'),
} as const;

function id(name: string): string {
  return createHash('md5').update(`checkout:${name}`).digest('hex');
}
