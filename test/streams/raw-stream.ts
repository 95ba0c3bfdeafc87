import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { until } from '../support/full-stack.js';

export interface StreamEvent {
  readonly event: string;
  readonly data: string;
}

/** One request for an event stream, read byte by byte, so that nothing a client library forgives goes unnoticed. */
export interface RawStream {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** All that came, comments included. */
  readonly text: () => string;
  readonly events: () => readonly StreamEvent[];
  /** The results of the `next` events. */
  results(): readonly Result[];
  /** Waits for this many results. */
  wait(count: number): Promise<readonly Result[]>;
  /** Resolves once the server has ended the response or the connection. */
  readonly ended: Promise<void>;
  readonly hasEnded: () => boolean;
  readonly message: IncomingMessage;
  close(): void;
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into results of any shape
type Result = { readonly data?: any; readonly errors?: any; readonly extensions?: any };

export interface StreamRequest {
  readonly query: string;
  readonly variables?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** In the query string of a GET request. */
  readonly byGet?: boolean;
}

export async function openStream(url: string, { query, variables, headers, byGet }: StreamRequest): Promise<RawStream> {
  const address = new URL(`${url}/graphql`);
  if (byGet) {
    address.searchParams.set('query', query);
    if (variables) address.searchParams.set('variables', JSON.stringify(variables));
  }
  const sent = request(address, {
    method: byGet ? 'GET' : 'POST',
    agent: false,
    headers: {
      accept: 'text/event-stream',
      ...(byGet ? { 'apollo-require-preflight': '1' } : { 'content-type': 'application/json' }),
      ...headers,
    },
  });
  sent.end(byGet ? undefined : JSON.stringify({ query, variables }));
  const [message]: IncomingMessage[] = await once(sent, 'response');
  if (!message) throw new Error('there was no response');
  let text = '';
  let isOver = false;
  message.setEncoding('utf8');
  message.on('data', (chunk: string) => (text += chunk));
  const ended = new Promise<void>((resolve) => {
    const over = () => {
      isOver = true;
      resolve();
    };
    message.on('end', over);
    message.on('close', over);
    message.on('error', over);
  });
  const stream: RawStream = {
    status: message.statusCode ?? 0,
    headers: message.headers,
    message,
    text: () => text,
    events: () => eventsIn(text),
    results: () =>
      stream
        .events()
        .filter(({ event }) => event === 'next')
        .map(({ data }) => JSON.parse(data)),
    async wait(count) {
      await until(() => stream.results().length >= count, `${count} events, there are: ${text}`);
      return stream.results();
    },
    ended,
    hasEnded: () => isOver,
    close: () => sent.destroy(),
  };
  return stream;
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
function eventsIn(text: string): readonly StreamEvent[] {
  return text
    .split('\n\n')
    .slice(0, -1)
    .flatMap((block) => {
      const fields = block.split('\n').flatMap((line) => {
        const [, name, value = ''] = /^([a-z]+):? ?(.*)$/.exec(line) ?? [];
        return name === undefined ? [] : [[name, value] as const];
      });
      const { event, data = '' } = Object.fromEntries(fields);
      return event === undefined ? [] : [{ event, data }];
    });
}
