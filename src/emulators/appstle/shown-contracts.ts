import type { ContractRecord } from './records.js';

/** Contract reads may lag behind writes: what they show meanwhile. */
export class ShownContracts {
  readonly #old = new Map<string, { readonly contract: ContractRecord; readonly until: number }>();

  /** Keeps what reads show now, for that many real milliseconds. Call before a write. */
  keep(contract: ContractRecord, milliseconds: number): void {
    if (milliseconds <= 0) return;
    const until = performance.now() + milliseconds;
    this.#old.set(contract.id, { contract: structuredClone(this.of(contract)), until });
  }

  of(contract: ContractRecord): ContractRecord {
    const old = this.#old.get(contract.id);
    return old && performance.now() < old.until ? old.contract : contract;
  }
}
