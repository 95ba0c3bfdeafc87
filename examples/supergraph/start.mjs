import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeSupergraph } from './compose.mjs';
import { dana, shopperToken } from './shop.mjs';
import { startProgram } from './start-program.mjs';
import { startCatalogue } from './subgraphs/catalogue.mjs';
import { startCustomers } from './subgraphs/customers.mjs';
import { startUpsell } from './subgraphs/upsell.mjs';

const port = process.env.PORT ?? '4000';
const hiveGateway = fileURLToPath(import.meta.resolve('@graphql-hive/gateway').replace(/index\.js$/, 'bin.js'));
const gatewayConfig = fileURLToPath(new URL('gateway.config.mjs', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'supergraph-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit());
process.once('uncaughtException', ({ message }) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
});

const upsell = await startUpsell(folder);
const catalogue = await startCatalogue();
const customers = await startCustomers(upsell);

const supergraph = join(folder, 'supergraph.graphql');
writeFileSync(supergraph, composeSupergraph({ upsell, catalogue, customers }));
await startProgram(
  [hiveGateway, 'supergraph', supergraph, '--config-path', gatewayConfig, '--host', '127.0.0.1', '--port', port],
  /Listening on (\S+)/,
);

process.stdout.write(`One graph of three, behind Hive Gateway.
  Gateway     http://127.0.0.1:${port}/graphql
  upsell      ${upsell}
  catalogue   ${catalogue}
  customers   ${customers}
  Supergraph  ${supergraph}
For the page at the gateway, this header makes you ${dana.name}:
  {"authorization": "Bearer ${await shopperToken(dana)}"}
Stop with Ctrl+C.
`);
