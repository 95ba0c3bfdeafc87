/** What clients were told of each key. The same words count once, as of the last time they were asked for. */
export function createHearsay() {
  const byKey = new Map();
  const last = new Map();
  return {
    hear(key, askedAt, told) {
      const heard = byKey.get(key) ?? new Map();
      byKey.set(key, heard.set(JSON.stringify(told), { told, askedAt }));
      last.set(key, told);
    },
    about: (key) => [...(byKey.get(key)?.values() ?? [])],
    /** How many keys nobody tries again: settled, or open until there is more to see. */
    decided: () =>
      [...last.values()].filter(({ advice, status }) => status !== 'PENDING' && !advice.includes('SAME_KEY')).length,
    clear() {
      byKey.clear();
      last.clear();
    },
  };
}
