/** A small record of plain text fields: never a secret, never personal data. */
export type StoredRecord = Readonly<Record<string, string>>;

/** Stores records of one account that must outlive the process. */
export interface AccountStore {
  get(key: string): Promise<StoredRecord | null>;
  /** Stores a record unless the key is taken. Returns the stored one. */
  putIfAbsent(key: string, record: StoredRecord, keepUntil: Date): Promise<StoredRecord>;
}
