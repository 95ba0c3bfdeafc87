/** Records that come with reads of other things, so that none of them is read again. */
export interface RecordCollection<T> {
  /** Adds the records that a read will bring; one that fails brings none. Returns the read. */
  from<Result>(read: Promise<Result>, recordsIn: (result: Result) => readonly T[]): Promise<Result>;
  /** Waits for every read added so far. */
  all(): Promise<readonly T[]>;
}

export function createRecordCollection<T>(): RecordCollection<T> {
  const reads: Promise<readonly T[]>[] = [];
  return {
    from(read, recordsIn) {
      reads.push(read.then(recordsIn, () => []));
      return read;
    },
    all: async () => (await Promise.all(reads)).flat(),
  };
}
