import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from './refusals.js';
import type { OrdergrooveSwitches } from './switches.js';

/** Lets writes take time, and answers 423 to one that meets another on the same order. */
export class WriteGate {
  readonly #busy = new Set<string>();

  async run<Result>(switches: OrdergrooveSwitches, orders: readonly string[], apply: () => Result): Promise<Result> {
    const isSerial = switches.get('serializeWrites');
    if (isSerial && orders.some((order) => this.#busy.has(order))) {
      throw new Refusal(423, { detail: 'The resource is in use by another operation, try again shortly.' });
    }
    for (const order of orders) this.#busy.add(order);
    try {
      const duration = switches.get('writeDurationMs');
      if (duration > 0) await sleep(duration);
      return apply();
    } finally {
      for (const order of orders) this.#busy.delete(order);
    }
  }
}
