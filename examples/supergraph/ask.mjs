import { readdirSync, readFileSync } from 'node:fs';
import { dana, shopperToken } from './shop.mjs';

/** Sends an operation of this folder to the gateway, as the shopper. */
const [, , name] = process.argv;
const folder = new URL('operations/', import.meta.url);
const read = (file) => readFileSync(new URL(file, folder), 'utf8');

const names = readdirSync(folder).flatMap((file) => /^(.*)\.graphql$/.exec(file)?.[1] ?? []);
if (!names.includes(name)) stop(`Which operation? ${names.join(', ')}`);

const url = `http://127.0.0.1:${process.env.PORT ?? '4000'}/graphql`;
const response = await fetch(url, {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${await shopperToken(dana)}` },
  body: JSON.stringify({ query: read(`${name}.graphql`), variables: JSON.parse(read('variables.json'))[name] }),
}).catch(() => stop(`Nothing answers at ${url}. Start it with \`npm run example:supergraph\`.`));
process.stdout.write(`${JSON.stringify(await response.json(), null, 2)}\n`);

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
