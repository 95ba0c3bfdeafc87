import { setTimeout as sleep } from 'node:timers/promises';
import { contractChanged, tooManyWrites, userError } from './refusals.js';
import type { AppstleSwitches } from './switches.js';

/** Lets writes take time. Of two that meet on one contract the later one fails; too many at once fail as well. */
export class WriteGate {
  readonly #busy = new Set<string>();
  #running = 0;

  async run<Result>(switches: AppstleSwitches, contract: string | null, apply: () => Result): Promise<Result> {
    const limit = switches.get('concurrentWrites');
    if (limit > 0 && this.#running >= limit) throw tooManyWrites();
    if (switches.get('billingLock')) throw userError('A billing operation is already in progress for this contract.');
    if (contract !== null && this.#busy.has(contract)) throw contractChanged();
    this.#running += 1;
    if (contract !== null) this.#busy.add(contract);
    try {
      const duration = switches.get('writeDurationMs');
      if (duration > 0) await sleep(duration);
      return apply();
    } finally {
      this.#running -= 1;
      if (contract !== null) this.#busy.delete(contract);
    }
  }
}
