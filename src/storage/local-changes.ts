import type { Changes, ChangeTopic } from '../domain/changes.js';
import { nextTurn } from '../domain/next-turn.js';

export interface LocalChanges extends Changes {
  /** Returns how many subscribers will be called. */
  publish(topics: readonly ChangeTopic[]): number;
  /** Lists the topics that have subscribers. */
  topics(): readonly ChangeTopic[];
}

/** Subscribers called before other work goes on. */
const CALLED_AT_ONCE = 250;

/** Announces changes within this process: in the next turn of the event loop, so that many hints at once are one. */
export function createLocalChanges(): LocalChanges {
  const subscribers = new Map<ChangeTopic, Set<() => void>>();
  const announced = new Set<ChangeTopic>();
  let isCalling = false;

  async function callAll(): Promise<void> {
    isCalling = true;
    let called = 0;
    await nextTurn();
    for (const topic of announced) {
      // Announced again meanwhile, it comes again: those that were called already may have read too early.
      announced.delete(topic);
      for (const onChange of subscribers.get(topic) ?? []) {
        onChange();
        called += 1;
        if (called % CALLED_AT_ONCE === 0) await nextTurn();
      }
    }
    isCalling = false;
  }

  return {
    publish(topics) {
      let count = 0;
      for (const topic of topics) {
        const known = subscribers.get(topic);
        if (!known) continue;
        count += known.size;
        announced.add(topic);
      }
      if (announced.size > 0 && !isCalling) void callAll();
      return count;
    },

    subscribe(topic, onChange) {
      // Wrapped, so that one function may subscribe twice.
      const entry = () => onChange();
      const known = subscribers.get(topic);
      if (known) known.add(entry);
      else subscribers.set(topic, new Set([entry]));
      return () => {
        const left = subscribers.get(topic);
        left?.delete(entry);
        if (left?.size === 0) subscribers.delete(topic);
      };
    },

    topics: () => [...subscribers.keys()],
  };
}
