import type { Changes, ChangeTopic } from '../domain/changes.js';

export interface LocalChanges extends Changes {
  /** Returns how many subscribers were called. */
  publish(topics: readonly ChangeTopic[]): number;
  /** Lists the topics that have subscribers. */
  topics(): readonly ChangeTopic[];
}

/** Announces changes within this process. */
export function createLocalChanges(): LocalChanges {
  const subscribers = new Map<ChangeTopic, Set<() => void>>();

  return {
    publish(topics) {
      const called = topics.flatMap((topic) => [...(subscribers.get(topic) ?? [])]);
      for (const onChange of called) onChange();
      return called.length;
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
