/** The same function, whose calls wait for one another. */
export function inTurn<Input, T>(run: (input: Input) => Promise<T>): (input: Input) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (input) => {
    const next = last.then(
      () => run(input),
      () => run(input),
    );
    last = next;
    return next;
  };
}
