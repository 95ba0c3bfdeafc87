/** The upstream all contenders ask: prepared answers after a settable time, counted. In a process of its own. */
import { createServer } from 'node:http';
import { recordsOf } from './records.mjs';

const PAGE_SIZE = 100;
/** For who cannot follow pages. */
const LONGEST_PAGE = 1_000;
/** Names in paths are those of the records. */
const LISTS = new Set(['orders', 'items', 'subscriptions']);

const pages = new Map();
let latencyMs = 0;
let calls = 0;

const server = createServer((request, response) => {
  calls += 1;
  const page = pages.get(request.url) ?? prepare(request.url, request.headers.host);
  const answer = () => {
    response.writeHead(page.status, { 'content-type': 'application/json', 'content-length': page.body.length });
    response.end(page.body);
  };
  if (latencyMs === 0) answer();
  else setTimeout(answer, latencyMs);
});
server.keepAliveTimeout = 60_000;

function prepare(url, host) {
  const { pathname, searchParams } = new URL(url, `http://${host}`);
  const list = pathname.slice(1, -1);
  const customer = searchParams.get('customer');
  if (!LISTS.has(list) || customer === null) return { status: 404, body: Buffer.from('{"detail":"Not found."}') };
  const rows = recordsOf(customer)[list];
  const size = Math.min(Number(searchParams.get('page_size') ?? PAGE_SIZE), LONGEST_PAGE);
  const start = Number(searchParams.get('cursor') ?? 0);
  const results = rows.slice(start, start + size);
  searchParams.set('cursor', String(start + size));
  const hasNext = start + size < rows.length;
  const next = hasNext ? `http://${host}${pathname}?${searchParams}` : null;
  const page = { status: 200, body: Buffer.from(JSON.stringify({ next, previous: null, results })) };
  pages.set(url, page);
  return page;
}

process.on('message', (message) => {
  if (message.latencyMs !== undefined) latencyMs = message.latencyMs;
  process.send({ calls });
  calls = 0;
});

server.listen(Number(process.env.PORT), '127.0.0.1');
