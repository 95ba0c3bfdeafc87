export type Variables = Readonly<Record<string, unknown>>;

/** A number, or a function of the variables, because a variable may set the size of a list. */
export type Cost = number | ((variables: Variables) => number);

export function costIn(variables: Variables, cost: Cost): number {
  return typeof cost === 'number' ? cost : cost(variables);
}

export function sum(costs: readonly Cost[]): Cost {
  const open = costs.filter((cost) => typeof cost === 'function');
  const fixed = costs.reduce<number>((total, cost) => (typeof cost === 'number' ? total + cost : total), 0);
  if (open.length === 0) return fixed;
  return (variables) => open.reduce((total, cost) => total + cost(variables), fixed);
}

export function times(size: Cost, each: Cost): Cost {
  if (size === 1) return each;
  if (typeof size === 'number' && typeof each === 'number') return size * each;
  return (variables) => costIn(variables, size) * costIn(variables, each);
}
