import { createHash } from 'node:crypto';
import type { Changes, ChangeTopic } from '../domain/changes.js';
import { createLocalChanges } from './local-changes.js';

/** A topic that changed, as replicas exchange it: a digest, because a topic may name a shopper's order. */
export interface SharedChange {
  readonly topic: string;
  /** Milliseconds by the clock that all replicas share. */
  readonly changedAt: number;
}

/** How replicas tell each other what changed. */
export interface ChangeStore {
  /** Stores that topics changed now and notifies the other replicas. Returns when that was. */
  announce(topics: readonly string[]): Promise<number>;
  changedSince(since: number): Promise<readonly SharedChange[]>;
  /** Returns the latest change; 0 when there is none. */
  latest(): Promise<number>;
  prune(before: number): Promise<void>;
  /** Calls `onChange` for notifications of other replicas, and `onConnect` whenever some may have been missed. */
  listen(onChange: (changes: readonly SharedChange[]) => void, onConnect: () => void): { close(): Promise<void> };
}

export interface SharedChanges extends Changes {
  start(): void;
  close(): Promise<void>;
}

export interface SharedChangesOptions {
  readonly pollMs?: number;
  report(message: string, cause?: unknown): void;
}

/** Collects what is announced for this long, because one write makes several transitions. */
const COLLECT_MS = 30;
/** Announced at once: the payload of a notification is limited to 8,000 bytes. */
const MAX_BATCH = 200;
/** Topics that wait while the store is down; beyond, the oldest are dropped: streams then show them with the next change. */
const MAX_WAITING = 10_000;
const RETRY_MS = 1_000;
/** Overlap of two polls: a change may be committed later than one with a later time. */
const OVERLAP_MS = 10_000;
const KEEP_MS = 3_600_000;
const PRUNE_MS = 600_000;

/**
 * Announces changes to all replicas: at once where notifications arrive, and by a poll in any case, so that a lost
 * notification only delays. A change is passed to its subscribers once, however often it is seen.
 */
export function createSharedChanges(
  store: ChangeStore,
  { pollMs = 5_000, report }: SharedChangesOptions,
): SharedChanges {
  const local = createLocalChanges();
  /** Latest change of each subscribed topic that was passed on. */
  const passed = new Map<string, number>();
  const waiting = new Set<string>();
  let sending: Promise<void> | null = null;
  let polling: Promise<void> = Promise.resolve();
  let listener: { close(): Promise<void> } | null = null;
  let seenUntil: number | null = null;
  let nextPoll: NodeJS.Timeout | undefined;
  let prunedAt = performance.now();
  let isClosed = false;

  function pass({ topic, changedAt }: SharedChange): void {
    if ((passed.get(topic) ?? 0) >= changedAt) return;
    if (local.publish([topic]) > 0) passed.set(topic, changedAt);
  }

  async function send(): Promise<void> {
    await pause(COLLECT_MS);
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, MAX_BATCH);
      for (const topic of batch) waiting.delete(topic);
      try {
        const changedAt = await store.announce(batch);
        // The subscribers here were called when it was published.
        const subscribed = new Set(local.topics());
        for (const topic of batch) if (subscribed.has(topic)) passed.set(topic, changedAt);
      } catch (error) {
        report('changes could not be announced to other replicas', error);
        for (const topic of batch) if (waiting.size < MAX_WAITING) waiting.add(topic);
        if (isClosed) return;
        await pause(RETRY_MS);
      }
    }
  }

  async function poll(): Promise<void> {
    const topics = new Set(local.topics());
    for (const topic of passed.keys()) if (!topics.has(topic)) passed.delete(topic);
    if (topics.size === 0) return void (seenUntil = null);
    if (seenUntil === null) return void (seenUntil = await store.latest());
    const changes = await store.changedSince(seenUntil - OVERLAP_MS);
    for (const change of changes) {
      seenUntil = Math.max(seenUntil, change.changedAt);
      pass(change);
    }
  }

  function pollNow(): void {
    polling = polling
      .then(poll)
      .catch((error: unknown) => report('changes of other replicas could not be read', error));
  }

  async function prune(): Promise<void> {
    if (performance.now() - prunedAt < PRUNE_MS) return;
    prunedAt = performance.now();
    await store.prune(KEEP_MS).catch((error: unknown) => report('old changes could not be forgotten', error));
  }

  function pollLater(): void {
    const pollAndGoOn = async () => {
      pollNow();
      await polling;
      await prune();
      if (!isClosed) pollLater();
    };
    nextPoll = setTimeout(() => void pollAndGoOn(), pollMs).unref();
  }

  return {
    publish(topics) {
      const digests = topics.map(digestOf);
      local.publish(digests);
      for (const topic of digests) waiting.add(topic);
      sending ??= send().finally(() => (sending = null));
    },

    subscribe(topic, onChange) {
      const isFirst = local.topics().length === 0;
      const unsubscribe = local.subscribe(digestOf(topic), onChange);
      if (isFirst) pollNow();
      return unsubscribe;
    },

    start() {
      listener ??= store.listen((changes) => changes.forEach(pass), pollNow);
      pollLater();
    },

    async close() {
      isClosed = true;
      clearTimeout(nextPoll);
      await sending;
      await polling;
      await listener?.close();
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function digestOf(topic: ChangeTopic): string {
  return createHash('sha256').update(topic).digest('base64url').slice(0, 22);
}
