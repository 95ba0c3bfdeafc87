/** Encrypts personal data that is stored or handed out. */
export interface Sealer {
  /** Encrypts a text. */
  seal(text: string): string;
  /** Decrypts a text; null for anything not sealed with this key. */
  unseal(sealed: string): string | null;
  /** Returns a keyed digest for comparing texts; not reversible. */
  digest(text: string): string;
}
