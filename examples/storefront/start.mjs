import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/** Starts the sandbox, and the shop over it. `PORT` is the graph's, `SHOP_PORT` the shop's. */
const graphPort = process.env.PORT ?? '4000';
const shopPort = Number(process.env.SHOP_PORT ?? '5173');

const graph = spawn(process.execPath, [fileURLToPath(new URL('../../dist/main.js', import.meta.url)), '--sandbox'], {
  env: { ...process.env, PORT: graphPort },
  stdio: ['ignore', 'pipe', 'inherit'],
});
process.once('exit', () => graph.kill());
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit());
graph.once('exit', (code) => process.exit(code ?? 1));

let banner = '';
while (!banner.includes('Ctrl+C')) banner += String((await once(graph.stdout, 'data'))[0]);
const [, url = ''] = /GraphQL +(\S+)\/graphql/.exec(banner) ?? [];

process.env.VITE_GRAPH = url;
const shop = await createServer({
  root: fileURLToPath(new URL('.', import.meta.url)),
  server: { port: shopPort, host: '127.0.0.1' },
  logLevel: 'warn',
});
await shop.listen();
process.stdout.write(`A shop over the sandbox.
  Shop      ${shop.resolvedUrls?.local[0] ?? ''}
  GraphiQL  ${url}/
  Sandbox   ${url}/sandbox
Let something go wrong on the sandbox page, and watch the shop.
Stop with Ctrl+C.
`);
