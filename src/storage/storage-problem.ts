/** Thrown when the ledger's database is unusable. The message is for the operator and holds no credential. */
export class StorageProblem extends Error {
  override readonly name = 'StorageProblem';
}
