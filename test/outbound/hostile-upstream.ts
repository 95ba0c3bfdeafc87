import { createServer, request as sendOn, type IncomingMessage, type ServerResponse } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

/** What is done to an answer on its way. */
type Spoil = (answer: Answer, response: ServerResponse, elsewhere: string) => void;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const coded =
  (coding: string, encode: (body: Buffer) => Buffer): Spoil =>
  ({ status, headers, body }, response) =>
    response.writeHead(status, { ...headers, 'content-encoding': coding }).end(body.length > 0 ? encode(body) : body);

const prefixed =
  (prefix: string): Spoil =>
  ({ status, headers, body }, response) =>
    response.writeHead(status, headers).end(Buffer.concat([Buffer.from(prefix), body]));

/** Within every text of an answer: what ends it, turns it round or hides in it. */
const MARKS = '\u0000\u0007\u001b\u0085\u061c\u200e\u200f\u202a\u202e\u2066\u2069\ufeff';

function marked(value: unknown): unknown {
  if (typeof value === 'string' && value !== '') return value.charAt(0) + MARKS + value.slice(1) + MARKS;
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, marked(each)]));
}

const withMarks =
  (print: (value: unknown) => string): Spoil =>
  ({ status, headers, body }, response) =>
    response.writeHead(status, headers).end(body.length > 0 ? print(marked(JSON.parse(String(body)))) : body);

/** Escapes everything that is not ASCII, as PHP does. */
const inAscii = (value: unknown) =>
  JSON.stringify(value).replaceAll(/[^ -~]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Nothing that a client may not undo: the answer stays the same. */
export const harmless: Readonly<Record<string, Spoil>> = {
  gzip: coded('gzip', gzipSync),
  'x-gzip': coded('X-GZip', gzipSync),
  br: coded('br', brotliCompressSync),
  deflate: coded('deflate', deflateSync),
  'deflate without a header': coded('deflate', deflateRawSync),
  'two codings': coded('gzip, br', (body) => brotliCompressSync(gzipSync(body))),
  identity: coded('identity', (body) => body),
  'an empty coding': coded('', (body) => body),
  'control and direction marks in every text': withMarks(JSON.stringify),
  'the same marks, escaped': withMarks(inAscii),
  'a byte order mark': prefixed('\uFEFF'),
  'white space': prefixed(' \r\n\t '),
  'a byte order mark, coded': coded('gzip', (body) => gzipSync(Buffer.concat([Buffer.from('\uFEFF'), body]))),
};

/** As many bytes longer, of what JSON lets a reader ignore. */
export const padded = (bytes: number): Spoil => prefixed(' '.repeat(bytes));

/** Small on the wire. */
export const paddedAndCoded = (bytes: number): Spoil =>
  coded('gzip', (body) => gzipSync(Buffer.concat([Buffer.alloc(bytes, 0x20), body])));

const MIB = 1024 * 1024;

/** The client is to do without the answer, in time and without harm. */
export const harmful: Readonly<Record<string, Spoil>> = {
  'cut within its coding': ({ status, headers, body }, response) => {
    const whole = gzipSync(body);
    response.writeHead(status, { ...headers, 'content-encoding': 'gzip' }).end(whole.subarray(0, whole.length / 2));
  },
  'called coded and not': ({ status, headers, body }, response) =>
    response.writeHead(status, { ...headers, 'content-encoding': 'gzip' }).end(body),
  'in an unknown coding': coded('zstd-of-tomorrow', (body) => body),
  'in a hundred codings': coded(Array(100).fill('gzip').join(','), gzipSync),
  'a bomb': ({ status, headers }, response) =>
    response
      .writeHead(status, { ...headers, 'content-encoding': 'gzip' })
      .end(gzipSync(Buffer.alloc(64 * MIB, 0x20), { level: 9 })),
  'a bomb in a bomb': ({ status, headers }, response) =>
    response
      .writeHead(status, { ...headers, 'content-encoding': 'gzip, gzip' })
      .end(gzipSync(gzipSync(Buffer.alloc(64 * MIB, 0x20)))),
  'without an end': ({ status, headers }, response) => {
    response.writeHead(status, headers);
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(256 * 1024, 0x20)));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  },
  'with endless headers': ({ status, headers, body }, response) => {
    const flood = Object.fromEntries(Array.from({ length: 500 }, (_, each) => [`x-flood-${each}`, 'x'.repeat(200)]));
    response.writeHead(status, { ...headers, ...flood }).end(body);
  },
  'cut within its text': ({ status, headers, body }, response) => {
    response.writeHead(status, { ...headers, 'content-length': String(body.length + 10) });
    response.write(body, () => response.destroy());
  },
  'half a text': ({ status, headers, body }, response) =>
    response.writeHead(status, headers).end(body.subarray(0, body.length / 2)),
  'no text at all': ({ status, headers }, response) => response.writeHead(status, headers).end(),
  'not UTF-8': ({ status, headers }, response) => response.writeHead(status, headers).end(Buffer.alloc(1_000, 0xff)),
  'behind a guard of other clients': prefixed(")]}',\n"),
  'after a hundred times early hints': ({ status, headers, body }, response) => {
    for (let time = 0; time < 100; time += 1) response.writeEarlyHints({ link: '</x>; rel=preload' });
    response.writeHead(status, headers).end(body.subarray(0, 1));
  },
  'sent elsewhere': (_answer, response, elsewhere) =>
    response.writeHead(302, { location: `${elsewhere}/stolen` }).end(),
  'sent elsewhere for good, with its method': (_answer, response, elsewhere) =>
    response.writeHead(308, { location: `${elsewhere}/stolen` }).end(),
  'sent elsewhere by a refresh': ({ headers }, response, elsewhere) =>
    response.writeHead(200, { ...headers, refresh: `0; url=${elsewhere}/stolen` }).end('<html>moved</html>'),
};

export interface HostileUpstream {
  readonly url: string;
  /** Paths it was asked for. */
  readonly asked: string[];
  /** Requests the place has got that answers redirect to. */
  readonly stolen: readonly string[];
  /** What happens to answers from now on; null: nothing. */
  spoil: Spoil | null;
  close(): Promise<void>;
}

/** Stands between a client and a server. Answers come through as `spoil` says. */
export async function startHostileUpstream(origin: string): Promise<HostileUpstream> {
  const stolen: string[] = [];
  const thief = createServer(({ method, url, headers }, response) => {
    stolen.push(`${method} ${url} ${JSON.stringify(headers)}`);
    response.end('{}');
  });
  const elsewhere = await listening(thief);
  const asked: string[] = [];
  const server = createServer((incoming, response) => {
    asked.push(incoming.url ?? '');
    response.on('error', () => {});
    void fetchFrom(origin, incoming).then(
      (answer) =>
        upstream.spoil
          ? upstream.spoil(answer, response, elsewhere)
          : response.writeHead(answer.status, answer.headers).end(answer.body),
      () => response.destroy(),
    );
  });
  const upstream: HostileUpstream = {
    url: await listening(server),
    asked,
    stolen,
    spoil: null,
    async close() {
      for (const each of [server, thief]) {
        each.closeAllConnections();
        await new Promise((resolve) => each.close(resolve));
      }
    },
  };
  return upstream;
}

async function listening(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

function fetchFrom(origin: string, incoming: IncomingMessage): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method, headers } = incoming;
    const onward = sendOn(
      `${origin}${incoming.url}`,
      { method, headers: { ...headers, connection: 'close' } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const type = answer.headers['content-type'];
          resolve({
            status: answer.statusCode ?? 500,
            headers: type ? { 'content-type': type } : {},
            body: Buffer.concat(chunks),
          });
        });
        answer.on('error', reject);
      },
    );
    onward.on('error', reject);
    incoming.pipe(onward);
  });
}
