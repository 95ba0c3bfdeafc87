import type { Fact, FactStore } from '../domain/fact-store.js';
import type { Clock } from '../domain/moment.js';

/** Facts that live and die with the process. */
export function createMemoryFacts(clock: Clock): FactStore {
  const facts = new Map<string, { fact: Fact; keepUntil: number }>();

  function dropOld(): void {
    for (const [key, { keepUntil }] of facts) if (keepUntil <= clock().getTime()) facts.delete(key);
  }

  return {
    async get(key) {
      dropOld();
      return facts.get(key)?.fact ?? null;
    },
    async putIfAbsent(key, fact, keepUntil) {
      dropOld();
      const kept = facts.get(key)?.fact;
      if (!kept) facts.set(key, { fact, keepUntil: keepUntil.getTime() });
      return kept ?? fact;
    },
  };
}
