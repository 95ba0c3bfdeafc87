import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emulators, startEmulator } from '../../../dist/emulators/index.js';
import { auth } from '../shop.mjs';
import { startProgram } from '../start-program.mjs';

const program = fileURLToPath(new URL('../../../dist/main.js', import.meta.url));

/** upsell-graph as it is deployed, with a configuration file in `folder`; the providers are its emulators. */
export async function startUpsell(folder) {
  const accounts = await Promise.all(Object.values(emulators).map(emulatedAccount));
  const config = join(folder, 'upsell-graph.yaml');
  // JSON is YAML.
  writeFileSync(
    config,
    JSON.stringify({
      server: { port: 0, graphiql: false },
      auth,
      storage: { file: join(folder, 'ledger.db') },
      accounts,
    }),
  );
  return startProgram([program, '--config', config], /"graphql":"(http[^"]+)"/, { PORT: '0' });
}

async function emulatedAccount(emulator) {
  const { url } = await startEmulator(emulator);
  return emulator.sandbox(url).account;
}
