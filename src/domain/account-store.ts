/** A small record of one account, plain text fields only, never a secret or a person's data. */
export type StoredRecord = Readonly<Record<string, string>>;

/** Records of one account that must outlive the process. */
export interface AccountStore {
  get(key: string): Promise<StoredRecord | null>;
  /** The first record under a key wins; answers with the one that is kept. */
  putIfAbsent(key: string, record: StoredRecord, keepUntil: Date): Promise<StoredRecord>;
}
