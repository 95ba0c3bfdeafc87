import type { AccountStore } from '../../domain/account-store.js';
import type { EligibilityReason } from '../../domain/eligibility.js';
import type { Clock } from '../../domain/moment.js';
import type { WireCheckout } from './wire.js';

/** Keeps, by checkout, what SureCart tells once and its records do not show afterwards. */
export interface CheckoutMemory {
  /** Whether an upsell was declined, which leaves no trace on a checkout whose funnel ends with it. */
  isDeclined(checkoutId: string, upsellId: string): Promise<boolean>;
  noteDeclined(checkoutId: string, upsellId: string): Promise<void>;
  /** Whether an upsell was refused because the time was over, whatever the checkout says. */
  isClosed(checkoutId: string): Promise<boolean>;
  /** Notes it when the reasons of a refusal say so. */
  noteRefusal(checkoutId: string, reasons: readonly EligibilityReason[]): Promise<void>;
}

/** Longer than any funnel stays open, which is a day at most. */
const KEEP_MS = 2 * 86_400_000;

export function createCheckoutMemory(store: AccountStore, now: Clock): CheckoutMemory {
  const isNoted = async (key: string) => (await store.get(key)) !== null;
  const note = async (key: string, what: string) => {
    await store.putIfAbsent(key, { [what]: 'yes' }, new Date(now().getTime() + KEEP_MS));
  };
  return {
    isDeclined: (checkoutId, upsellId) => isNoted(declinedKey(checkoutId, upsellId)),
    noteDeclined: (checkoutId, upsellId) => note(declinedKey(checkoutId, upsellId), 'declined'),
    isClosed: (checkoutId) => isNoted(closedKey(checkoutId)),
    async noteRefusal(checkoutId, reasons) {
      if (reasons.some(({ code }) => code === 'WINDOW_CLOSED')) await note(closedKey(checkoutId), 'closed');
    },
  };
}

/** Whether it matters what was noted: the offer could still be shown. */
export function canBeOpen({ currentUpsell, upsellsExpireAt }: WireCheckout, now: Date): boolean {
  return currentUpsell !== null && (upsellsExpireAt === null || upsellsExpireAt > now);
}

function declinedKey(checkoutId: string, upsellId: string): string {
  return `declined:${checkoutId}:${upsellId}`;
}

function closedKey(checkoutId: string): string {
  return `closed:${checkoutId}`;
}
