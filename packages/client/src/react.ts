import {
  createContext,
  createElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Decision, Document, InputOf, PayloadOf, State, UpsellClient } from './client.js';
import { countdown, type WindowFacts } from './countdown.js';

const Context = createContext<UpsellClient | null>(null);

/** Gives the hooks below it their client. */
export function UpsellProvider({ client, children }: { readonly client: UpsellClient; readonly children?: ReactNode }) {
  return createElement(Context.Provider, { value: client }, children);
}

export function useUpsellClient(): UpsellClient {
  const client = useContext(Context);
  if (!client) throw new Error('Wrap the page in <UpsellProvider client={…}>.');
  return client;
}

/** One decision of the shopper: its state, and how to take it. */
export interface DecisionHook<Payload, Input> {
  readonly state: State<Payload>;
  /** Whether it is sent or not known yet: what would be decided again has to wait. */
  readonly isPending: boolean;
  /** Sends it, and follows it until its outcome is known. */
  decide(input: Input): Promise<State<Payload>>;
}

/**
 * Follows the decision under a name, such as `${orderId}:add:${productId}`. A decision left open by a reload goes on.
 */
export function useDecision<Data, Variables>(
  name: string,
  document: Document<Data, Variables>,
): DecisionHook<PayloadOf<Data>, InputOf<Variables>> {
  type Payload = PayloadOf<Data>;
  const client = useUpsellClient();
  const state = useSyncExternalStore(
    client.subscribe,
    () => client.state(name) as State<Payload>,
    () => client.state(name) as State<Payload>,
  );
  useEffect(() => client.remember(name, document), [client, name, document]);
  // A button belongs to the turn it was drawn in, until this page showed how that one ended: what another tab settled
  // meanwhile is answered again, not decided anew.
  const [turn, setTurn] = useState(() => client.turn(name));
  useEffect(() => {
    if (!['idle', 'running', 'unknown', 'busy'].includes(state.status)) setTurn(client.turn(name));
  }, [client, name, state]);
  return {
    state,
    isPending: state.status === 'running' || state.status === 'unknown' || state.status === 'busy',
    async decide(input) {
      const decision = client.decision<InputOf<Variables>>(name, input, turn);
      const first = await client.run(decision, document);
      if (first.status !== 'unknown') return first;
      await client.watch(decision);
      return client.state(name) as State<Payload>;
    },
  };
}

/** Returns what is open for an order. On mounting, decisions that a reload left open are followed. */
export function useUpsell(orderId: string, onSettled?: () => void): { readonly open: readonly Decision[] } {
  const client = useUpsellClient();
  const [open, setOpen] = useState<readonly Decision[]>([]);
  useEffect(() => {
    const leaving = new AbortController();
    const isOurs = ({ name }: { readonly name: string }) => name.startsWith(`${orderId}:`);
    const refresh = () => setOpen(client.open().filter(isOurs));
    const stop = client.subscribe((name) => {
      if (!isOurs({ name })) return;
      refresh();
      const { status } = client.state(name);
      // What this tab knows nothing of was told by the storage: another tab sent it, or settled it.
      const isSettled =
        status === 'idle'
          ? !client.open().some((each) => each.name === name)
          : !['running', 'unknown', 'busy'].includes(status);
      if (isSettled) onSettled?.();
    });
    client.resume(leaving.signal, isOurs);
    refresh();
    return () => {
      leaving.abort();
      stop();
    };
  }, [client, orderId, onSettled]);
  return { open };
}

/** Counts a window down, once a second. `onEnd` is called at its end: ask the graph again then. */
export function useCountdown(
  window: WindowFacts,
  onEnd?: () => void,
): { readonly secondsLeft: number | null; readonly state: string } {
  const { state, secondsLeft = null } = window;
  const counter = useMemo(() => countdown({ state, secondsLeft }), [window, state, secondsLeft]);
  const [, draw] = useState(0);
  useEffect(() => {
    if (counter.secondsLeft() === null || counter.state() === 'CLOSED') return;
    const timer = setInterval(() => {
      draw((times) => times + 1);
      if (counter.state() !== 'CLOSED') return;
      clearInterval(timer);
      onEnd?.();
    }, 1000);
    return () => clearInterval(timer);
  }, [counter, onEnd]);
  return { secondsLeft: counter.secondsLeft(), state: counter.state() };
}
