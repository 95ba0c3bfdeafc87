import type { Good } from './catalogue';

/** Where the graph is; the example's server tells. */
export const graph =
  new URLSearchParams(location.search).get('graph') ?? import.meta.env.VITE_GRAPH ?? 'http://127.0.0.1:4000';

/** What the sandbox stands in for here: a shop's login and its catalogue. */
export interface Sandbox {
  readonly shoppers: readonly { readonly key: string; readonly token: string }[];
  readonly emulators: readonly { readonly account: string; readonly goods: readonly Good[] }[];
}

/** Asks the sandbox; a graph without one knows no shoppers and sells nothing beside its orders. */
export async function sandbox(): Promise<Sandbox> {
  const answer = await fetch(`${graph}/sandbox`);
  return answer.ok ? ((await answer.json()) as Sandbox) : { shoppers: [], emulators: [] };
}
