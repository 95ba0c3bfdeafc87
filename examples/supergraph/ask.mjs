import { readFileSync } from 'node:fs';
import { dana, shopperToken } from './shop.mjs';

/** Sends an operation of this folder to the gateway, as the shopper. */
const [, , name] = process.argv;
const read = (file) => readFileSync(new URL(`operations/${file}`, import.meta.url), 'utf8');

const response = await fetch(`http://127.0.0.1:${process.env.PORT ?? '4000'}/graphql`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${await shopperToken(dana)}` },
  body: JSON.stringify({ query: read(`${name}.graphql`), variables: JSON.parse(read('variables.json'))[name] }),
});
process.stdout.write(`${JSON.stringify(await response.json(), null, 2)}\n`);
