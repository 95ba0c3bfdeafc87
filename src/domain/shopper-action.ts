/** What the shopper has to do before a write can go on. */
export interface ShopperAction {
  readonly kind: 'REDIRECT' | 'FORM' | 'UNKNOWN';
  readonly url: string | null;
  /** The provider's form, passed on unchanged, where it is no URL. */
  readonly fields: unknown;
  readonly expiresAt: Date | null;
}
