import { rateLimited } from './refusals.js';
import type { AppstleSwitches } from './switches.js';

/** 429 for a key beyond its requests of a second; nothing is done and no Retry-After comes. */
export class RateLimit {
  #window = 0;
  readonly #counts = new Map<string, number>();

  count(key: string, switches: AppstleSwitches): void {
    const limit = switches.get('requestsPerSecond');
    if (limit <= 0) return;
    const window = Math.floor(Date.now() / 1000);
    if (window !== this.#window) this.#counts.clear();
    this.#window = window;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    if (count > limit) throw rateLimited();
  }
}
