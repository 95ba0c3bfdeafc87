/** Where decisions are kept: `localStorage`, `sessionStorage`, or anything of the same shape. */
export interface DecisionStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** What is known of the decisions made under one name. */
export interface Entry {
  /** How many of them have been settled. */
  readonly settled: number;
  /** The one that was sent and may be in force; null when there is none. */
  readonly open: OpenEntry | null;
}

export interface OpenEntry {
  readonly key: string;
  /** How many had been settled when it was made. */
  readonly turn: number;
  readonly input: DecisionInput;
  /** How often it was sent. */
  readonly sent: number;
}

export type DecisionInput = Readonly<Record<string, unknown>>;

const PREFIX = 'upsell-graph:';
const SEED = 'upsell-graph';
const nothing: Entry = { settled: 0, open: null };

/**
 * Keeps entries in a storage and in memory, and reads what is newer: a storage that was cleared, is full or throws
 * loses nothing while the page lives.
 */
export class Entries {
  readonly #memory = new Map<string, Entry>();
  readonly #unsaved = new Set<string>();
  #seed: string | null = null;

  constructor(
    private readonly storage: DecisionStorage | null,
    private readonly makeSeed: () => string,
  ) {}

  /**
   * Returns the part that all keys share, the same in all tabs. Without a storage there is none: keys then follow from
   * the decision alone, so that a reload finds the same one.
   */
  seed(): string {
    const stored = this.#read(SEED);
    if (stored !== null) return (this.#seed = stored);
    // What cannot be stored would be another seed after a reload.
    this.#seed ??= this.makeSeed();
    if (!this.#write(SEED, this.#seed)) this.#seed = '';
    return this.#seed;
  }

  /**
   * Returns an entry. The storage is every tab's and wins, unless it lost what this page settled or could not store.
   */
  get(name: string): Entry {
    const kept = this.#memory.get(name);
    const stored = parse(this.#read(PREFIX + name));
    if (!kept || !stored) return stored ?? kept ?? nothing;
    const isAhead = kept.settled > stored.settled;
    return isAhead || (kept.settled === stored.settled && this.#unsaved.has(name)) ? kept : stored;
  }

  set(name: string, entry: Entry): void {
    this.#memory.set(name, entry);
    if (this.#write(PREFIX + name, JSON.stringify(entry))) this.#unsaved.delete(name);
    else this.#unsaved.add(name);
  }

  /** Returns the names of all entries that are open. */
  openNames(): readonly string[] {
    const names = new Set(this.#memory.keys());
    for (const name of this.#storedNames()) names.add(name);
    return [...names].filter((name) => this.get(name).open !== null);
  }

  /** Returns the name of the entry that a key of the storage belongs to; null when it belongs to none. */
  nameOf(storageKey: string | null): string | null {
    return storageKey?.startsWith(PREFIX) === true ? storageKey.slice(PREFIX.length) : null;
  }

  #storedNames(): readonly string[] {
    try {
      const { storage } = this;
      const keys = Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? null);
      return keys.flatMap((key) => this.nameOf(key) ?? []);
    } catch {
      return [];
    }
  }

  #read(key: string): string | null {
    try {
      return this.storage?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  #write(key: string, value: string): boolean {
    try {
      this.storage?.setItem(key, value);
      return this.storage !== null;
    } catch {
      return false;
    }
  }
}

/** Returns the storage of all tabs of a shop; null on a server and where the browser forbids it. */
export function browserStorage(): DecisionStorage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

function parse(text: string | null): Entry | null {
  if (text === null) return null;
  try {
    const { settled, open }: Partial<Entry> = JSON.parse(text);
    if (typeof settled !== 'number' || !Number.isSafeInteger(settled)) return null;
    return { settled, open: open && typeof open.key === 'string' ? open : null };
  } catch {
    return null;
  }
}
