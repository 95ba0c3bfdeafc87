import { createServer } from '../../dist/index.js';

/** Starts and stops a sandbox: NODE_COMPILE_CACHE then holds the compiled code of all that a start loads. */
const server = await createServer({ config: { sandbox: true }, env: { PORT: '0' }, log: { write() {} } });
await fetch(`${server.url}/graphql`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: '{ upcomingOrders { nodes { id } } }' }),
});
await server.close();
