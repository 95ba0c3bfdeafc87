import { keyOf } from './key.js';
import {
  type ExecutionResult,
  judgeAnswer,
  judgeOperation,
  type Judged,
  type OperationFacts,
  type Result,
} from './outcome.js';
import { browserStorage, type DecisionInput, type DecisionStorage, Entries } from './storage.js';

/** A document as codegen types it; texts work as well. */
export interface DocumentOf<Data, Variables> {
  readonly __apiType?: (variables: Variables) => Data;
}

export type Document<Data, Variables> = string | DocumentOf<Data, Variables>;

/** Sends a document with the GraphQL client of the shop. Rejects when there was no answer. */
export type Execute = (
  document: Document<unknown, never>,
  variables: Readonly<Record<string, unknown>>,
  kind: 'query' | 'mutation',
) => Promise<ExecutionResult>;

/** Opens a stream of results; ends when the server completes it, throws when it breaks. */
export type Subscribe = (
  document: string,
  variables: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
) => AsyncIterable<ExecutionResult>;

export interface ClientOptions {
  readonly execute: Execute;
  /** Streams, when the server has them; else outcomes are asked for. */
  readonly subscribe?: Subscribe;
  /** Default: `localStorage`, which all tabs share; memory on a server and where it is forbidden. */
  readonly storage?: DecisionStorage | null;
  readonly makeSeed?: () => string;
  /** Calls back after a time, and returns how to call it off. */
  readonly later?: (callback: () => void, milliseconds: number) => () => void;
}

/** What a shopper decided once, with the one key it is sent with. */
export interface Decision<Input extends object = DecisionInput> {
  readonly name: string;
  readonly input: Input;
  readonly key: string;
  /** How many decisions under the name had been settled when it was made. */
  readonly turn: number;
}

/** What is going on under a name. */
export type State<Payload = unknown> =
  | { readonly status: 'idle' }
  | { readonly status: 'running' }
  /** An earlier decision under the name is not settled; nothing was sent for the new one. */
  | { readonly status: 'busy'; readonly earlier: Decision }
  | Result<Payload>;

/** The payload of a mutation's only field. */
export type PayloadOf<Data> = Data extends object
  ? Exclude<Data[Exclude<keyof Data, '__typename'>], null | undefined>
  : never;

/** The input of a mutation whose variable is `$input`, but for the key. */
export type InputOf<Variables> = Variables extends { readonly input: infer Input }
  ? Omit<Input, 'idempotencyKey'>
  : DecisionInput;

export interface UpsellClient {
  /** Returns the decision to run for an input: the same one until it is settled. */
  decision<Input extends object>(name: string, input: Input, turn?: number): Decision<Input>;
  /** Returns how many decisions under a name have been settled: what is drawn now is decided in this turn. */
  turn(name: string): number;
  /** Sends a decision. Sent again, it is answered again. */
  run<Data, Variables>(
    decision: Decision<InputOf<Variables> & object>,
    document: Document<Data, Variables>,
  ): Promise<Exclude<State<PayloadOf<Data>>, { status: 'idle' | 'running' }>>;
  /** Says with which document to send again what another load left open under a name, when it never arrived. */
  remember(name: string, document: Document<unknown, never>): void;
  /** Follows a decision of unknown outcome until it is known; sends it again when it never arrived. */
  watch(decision: Decision<object>, signal?: AbortSignal): Promise<Result>;
  /** Returns the decisions that were sent and are not settled, of all tabs and loads. */
  open(): readonly Decision[];
  /** Follows all open decisions, or some; for the load of a page. */
  resume(
    signal?: AbortSignal,
    isWanted?: (decision: Decision) => boolean,
  ): readonly { readonly decision: Decision; readonly result: Promise<Result> }[];
  state(name: string): State;
  /** Calls back when the state under a name changes, in this tab or another. Returns how to stop that. */
  subscribe(listener: (name: string) => void): () => void;
}

export const OPERATION = 'id status effect settledAt errors { __typename code shopperMessage retry }';
const BY_KEY = `query UpsellOperation($key: String!) { operationByKey(idempotencyKey: $key) { ${OPERATION} } }`;
const UPDATES = `subscription UpsellOperationUpdated($id: ID!) { operationUpdated(operationId: $id) { ${OPERATION} } }`;

const WAITS_MS = [500, 1_000, 2_000, 3_000, 5_000, 10_000];
const idle: State = { status: 'idle' };
const nothingKnown: Judged<unknown> = {
  result: { status: 'unknown', payload: null, operation: null, errors: [] },
  key: 'keep',
};
const nothingDone: Judged<unknown> = { result: { ...nothingKnown.result, status: 'refused' }, key: 'release' };

/** Creates the keeper of a shopper's decisions. It wraps no GraphQL client: it is given `execute`. */
export function createUpsellClient({
  execute,
  subscribe,
  storage = browserStorage(),
  makeSeed = randomSeed,
  later = timer,
}: ClientOptions): UpsellClient {
  const entries = new Entries(storage, makeSeed);
  const states = new Map<string, State>();
  const running = new Map<string, Promise<never>>();
  /** By name. A load of the page that sent nothing under it has none, unless it was told. */
  const documents = new Map<string, Document<unknown, never>>();
  const listeners = new Set<(name: string) => void>();

  const publish = (name: string, state: State): void => {
    states.set(name, state);
    for (const listener of listeners) listener(name);
  };

  const openDecision = (name: string): Decision | null => {
    const { open } = entries.get(name);
    return open && { name, input: open.input, key: open.key, turn: open.turn };
  };

  /** Notes what a result means for the key. Another tab may have done so, or have gone on. */
  const conclude = <Payload>({ name, key, turn }: Decision<object>, judged: Judged<Payload>): Result<Payload> => {
    const { settled, open } = entries.get(name);
    if (judged.key !== 'keep') {
      const isNext = judged.key === 'rotate' && turn === settled;
      entries.set(name, { settled: isNext ? settled + 1 : settled, open: open?.key === key ? null : open });
    }
    publish(name, judged.result);
    return judged.result;
  };

  async function send(decision: Decision<object>, document: Document<unknown, never>): Promise<Judged<unknown>> {
    const { name, input, key, turn } = decision;
    const { settled, open } = entries.get(name);
    const sent = (open?.key === key ? open.sent : 0) + 1;
    // Written down before it leaves: what happens next may never be heard of.
    entries.set(name, { settled, open: { key, turn, input: { ...input }, sent } });
    documents.set(name, document);
    const answer = await execute(document, { input: { ...input, idempotencyKey: key } }, 'mutation').catch(() => ({}));
    return judgeAnswer(answer, sent);
  }

  /** Asks what became of a decision; null when nothing was heard. One that never arrived is sent again. */
  async function find(decision: Decision<object>): Promise<Judged<unknown> | null> {
    const { data } = await execute(BY_KEY, { key: decision.key }, 'query');
    const operation = fieldOf(data, 'operationByKey');
    if (operation) return judgeOperation(operation);
    // Null is said for certain; without data nothing is.
    if (operation !== null) return null;
    // Another tab gave it up, and may have gone on to another decision.
    if (entries.get(decision.name).open?.key !== decision.key) return nothingDone;
    const document = documents.get(decision.name);
    return document === undefined ? null : send(decision, document);
  }

  /** Shows a result that is not final, when it is news. */
  const show = (name: string, result: Result): void => {
    const known = states.get(name);
    const isKnown = known?.status === result.status && 'operation' in known;
    if (!isKnown || known.operation?.status !== result.operation?.status) publish(name, result);
  };

  async function followStream(name: string, id: string, signal: AbortSignal): Promise<Judged<unknown> | null> {
    if (!subscribe) return null;
    try {
      for await (const { data } of subscribe(UPDATES, { id }, signal)) {
        const operation = fieldOf(data, 'operationUpdated');
        const judged = operation ? judgeOperation(operation) : null;
        if (judged && judged.key !== 'keep') return judged;
        if (judged) show(name, judged.result);
      }
    } catch {
      // Asking goes on.
    }
    return null;
  }

  const client: UpsellClient = {
    turn: (name) => entries.get(name).settled,

    decision(name, input, turn = entries.get(name).settled) {
      return { name, input, turn, key: keyOf(entries.seed(), name, Object.fromEntries(Object.entries(input)), turn) };
    },

    run(decision, document) {
      const { name, key } = decision;
      const earlier = openDecision(name);
      if (earlier && earlier.key !== key) {
        const state = { status: 'busy', earlier } as const;
        publish(name, state);
        return Promise.resolve(state);
      }
      const already = running.get(key);
      if (already) return already;
      publish(name, { status: 'running' });
      const promise = send(decision, document)
        .then((judged) => conclude(decision, judged))
        .finally(() => running.delete(key)) as Promise<never>;
      running.set(key, promise);
      return promise;
    },

    remember: (name, document) => void documents.set(name, document),

    async watch(decision, signal = new AbortController().signal) {
      let known: Judged<unknown> = nothingKnown;
      for (let round = 0; !signal.aborted; round += 1) {
        const found = await find(decision).catch(() => null);
        const id = found?.key === 'keep' ? found.result.operation?.id : undefined;
        if (found?.key === 'keep') show(decision.name, found.result);
        const last = (id && (await followStream(decision.name, id, signal))) || found;
        if (last && last.key !== 'keep') return conclude(decision, last);
        known = last ?? known;
        await pause(WAITS_MS[Math.min(round, WAITS_MS.length - 1)] ?? 0, signal, later);
      }
      return known.result;
    },

    open: () => entries.openNames().flatMap((name) => openDecision(name) ?? []),

    resume(signal, isWanted = () => true) {
      return client
        .open()
        .filter(isWanted)
        .map((decision) => {
          publish(decision.name, nothingKnown.result);
          return { decision, result: client.watch(decision, signal) };
        });
    },

    state: (name) => states.get(name) ?? idle,

    subscribe(listener) {
      const onStorage = ({ key }: StorageEvent) => {
        const name = entries.nameOf(key);
        if (name !== null) listener(name);
      };
      listeners.add(listener);
      globalThis.addEventListener?.('storage', onStorage);
      return () => {
        listeners.delete(listener);
        globalThis.removeEventListener?.('storage', onStorage);
      };
    },
  };
  return client;
}

function fieldOf(data: unknown, name: string): OperationFacts | null | undefined {
  return (data as Readonly<Record<string, OperationFacts | null>> | null | undefined)?.[name];
}

/** Waits; a browser that comes back online or into view ends it. */
function pause(milliseconds: number, signal: AbortSignal, later: NonNullable<ClientOptions['later']>): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      globalThis.removeEventListener?.('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = later(end, milliseconds);
    globalThis.addEventListener?.('online', end);
    signal.addEventListener('abort', end);
  });
}

function timer(callback: () => void, milliseconds: number): () => void {
  const handle = setTimeout(callback, milliseconds);
  return () => clearTimeout(handle);
}

function randomSeed(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(36).padStart(2, '0')).join('');
}
