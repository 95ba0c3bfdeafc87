/** Hides personal data in what is stored or handed out: whoever lacks the key learns nothing from it. */
export interface Sealer {
  /** The same text gives the same result, so that it can serve as an identifier. */
  seal(text: string): string;
  /** Null for anything `seal` did not make with this key. */
  unseal(sealed: string): string | null;
  /** Stands for a text where only equality counts: the way back is closed even to us. */
  digest(text: string): string;
}
