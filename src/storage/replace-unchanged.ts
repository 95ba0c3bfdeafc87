/** Others may change a state meanwhile: it is computed anew this often. */
const ATTEMPTS = 10;

/** Attempts to replace a state until nobody else has changed it meanwhile; an attempt that came too late resolves with null. */
export async function replaceUnchanged<T>(attempt: () => Promise<{ readonly result: T } | null>): Promise<T> {
  for (let left = ATTEMPTS; left > 0; left -= 1) {
    const changed = await attempt();
    if (changed) return changed.result;
  }
  throw new Error('A shared state was changed by others each time it was computed.');
}
