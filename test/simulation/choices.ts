/** The source of all chance in one schedule. Alternative 0 is always the plainest: no delay, no fault. */
export interface Choices {
  /** An index into `weights`, as likely as its weight; an alternative of weight 0 is never taken. */
  pick(site: string, weights: readonly number[]): number;
}

/** Choices other than 0, by site and how often the site was asked before: `A.send#2`. */
export type Decisions = ReadonlyMap<string, number>;

/** Mulberry32: the same seed makes the same schedule on every machine. */
export function seededChoices(seed: number): Choices {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    pick(_site, weights) {
      let sum = 0;
      for (const weight of weights) sum += weight;
      let left = random() * sum;
      for (let index = 0; index < weights.length; index += 1) {
        left -= weights[index] ?? 0;
        if (left < 0) return index;
      }
      return 0;
    },
  };
}

/** Passes on the choices of another source and notes those that are not plain. */
export function recordingChoices(source: Choices): Choices & { readonly decisions: Decisions } {
  const decisions = new Map<string, number>();
  const nameOf = occurrences();
  return {
    decisions,
    pick(site, weights) {
      const name = nameOf(site);
      const index = source.pick(site, weights);
      if (index > 0) decisions.set(name, index);
      return index;
    },
  };
}

/** Makes the given decisions again and chooses plainly everywhere else, so that leaving one out leaves the others in place. */
export function replayingChoices(decisions: Decisions): Choices {
  const nameOf = occurrences();
  return {
    pick(site, weights) {
      const index = decisions.get(nameOf(site)) ?? 0;
      return (weights[index] ?? 0) > 0 ? index : 0;
    },
  };
}

function occurrences(): (site: string) => string {
  const counts = new Map<string, number>();
  return (site) => {
    const count = counts.get(site) ?? 0;
    counts.set(site, count + 1);
    return `${site}#${count}`;
  };
}
