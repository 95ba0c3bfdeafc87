/** The ledger's database cannot be used. The message is for the operator and holds no credential. */
export class StorageProblem extends Error {
  override readonly name = 'StorageProblem';
}
