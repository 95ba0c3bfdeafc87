/** A small record of one account, plain text fields only, never a secret or a person's data. */
export type Fact = Readonly<Record<string, string>>;

/** Facts of one account that must outlive the process. */
export interface FactStore {
  get(key: string): Promise<Fact | null>;
  /** The first fact under a key wins; answers with the one that is kept. */
  putIfAbsent(key: string, fact: Fact, keepUntil: Date): Promise<Fact>;
}
