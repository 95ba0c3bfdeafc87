/** Counts the turns that the event loop makes while something runs: what else could have run meanwhile. */
export async function countTurns<T>(run: () => Promise<T>): Promise<{ readonly turns: number; readonly result: T }> {
  let turns = 0;
  let isOver = false;
  const turn = () => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const result = await run();
  isOver = true;
  return { turns, result };
}
