import type { EmulatorClock } from './clock.js';
import { Collection, type Look } from './collection.js';
import { isObject } from './json-object.js';

/** Reads that lag behind writes, as those of a replica or a cache. */
export class StaleReads {
  #old: { readonly until: number; readonly look: Look } | null = null;

  constructor(private readonly clock: EmulatorClock) {}

  /** Makes reads show the store as it is now from here on. A second write within that time prolongs nothing. */
  begin(store: unknown, seconds: number): void {
    if (this.#current()) return;
    this.#old = { until: this.clock.now().getTime() + seconds * 1000, look: photograph(store) };
  }

  read<Result>(look: () => Result): Result {
    return (this.#current()?.look ?? ((present) => present()))(look);
  }

  clear(): void {
    this.#old = null;
  }

  #current() {
    return this.#old !== null && this.clock.now().getTime() < this.#old.until ? this.#old : null;
  }
}

function photograph(store: unknown): Look {
  const looks = collectionsIn(store).map((collection) => collection.photograph());
  return (look) => looks.reduce<() => ReturnType<typeof look>>((inner, outer) => () => outer(inner), look)();
}

/** Returns the collections the store holds itself, or in an object of tables. */
function collectionsIn(store: unknown): readonly Collection<unknown>[] {
  return Object.values(Object(store)).flatMap((value) => {
    if (value instanceof Collection) return [value];
    return isObject(value) ? Object.values(value).filter((each) => each instanceof Collection) : [];
  });
}
