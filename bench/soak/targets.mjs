/** Targets for the decisions of one neighbour: each decision takes one that none has taken before. */
export const MANY = 200;

export const WITHOUT_LIMITS = { all: { parallel: 64, calls: 0 } };

/** Takes a target that was not taken before. Throws when there are none left. */
export function next(fresh) {
  const taken = fresh.shift();
  if (!taken) throw new Error('there are no fresh targets left');
  return taken;
}
