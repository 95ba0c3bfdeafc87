import type { ExecutionResult } from './outcome.js';
import type { Subscribe } from './client.js';

export interface EventStreamOptions {
  readonly url: string;
  /** Headers of each request, the token among them. */
  readonly headers?: () => Readonly<Record<string, string>>;
  readonly fetch?: typeof fetch;
}

/**
 * Subscribes by server-sent events in distinct-connections mode:
 * https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
 */
export function eventStream({ url, headers = () => ({}), fetch: request = fetch }: EventStreamOptions): Subscribe {
  return async function* subscribe(query, variables, signal) {
    const answer = await request(url, {
      method: 'POST',
      headers: { ...headers(), accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      signal,
    });
    if (!answer.ok || !answer.body) throw new Error(`The stream was answered with ${answer.status}.`);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      // A stream that ends without its last event was cut.
      if (done) throw new Error('The stream broke.');
      text += value.replaceAll('\r\n', '\n');
      for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
        const event = readEvent(text.slice(0, end));
        text = text.slice(end + 2);
        if (event.name === 'complete') {
          await reader.cancel();
          return;
        }
        if (event.name === 'next') yield JSON.parse(event.data) as ExecutionResult;
      }
    }
  };
}

function readEvent(text: string): { readonly name: string; readonly data: string } {
  const valuesOf = (field: string) =>
    text
      .split('\n')
      .flatMap((line) => (line.startsWith(`${field}:`) ? [line.slice(field.length + 1).trimStart()] : []));
  return { name: valuesOf('event').at(-1) ?? '', data: valuesOf('data').join('\n') };
}
