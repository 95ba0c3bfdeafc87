import { existsSync } from 'node:fs';
import { toGlobalId } from '../../dist/domain/reference.js';
import { emulators, startEmulator } from '../../dist/emulators/index.js';
import { TIMEOUT_MS } from './shop.mjs';

/**
 * All other providers there are, each as its folder of `test/subjects` says. Each of their decisions has a target of its
 * own, so that whatever happens to the target is the decision's doing. `take` makes one decision: its `isOwn` tells its
 * requests, its `made` counts in the provider's books.
 */
export async function openNeighbours(provider) {
  const names = Object.keys(emulators).filter((name) => name !== provider);
  const shops = await Promise.all(names.map(open));
  return {
    shops,
    forget: () => shops.forEach(({ forget }) => forget()),
    close: () => Promise.all(shops.map(({ close }) => close())),
  };
}

async function open(name) {
  const file = new URL(`../../test/subjects/${name}/soak.mjs`, import.meta.url);
  if (!existsSync(file))
    throw new Error(`the provider ${name} is registered, and test/subjects/${name}/soak.mjs is missing`);
  const { neighbour } = await import(file.href);
  const { scenario, switches, settings = {}, hasCheckouts = false } = neighbour;
  const emulator = await startEmulator(emulators[name], { scenario, switches });
  const shop = shopOf(emulators[name], emulator, settings);
  return { ...shop, hasCheckouts, take: neighbour.open({ ...shop, emulator }) };
}

function shopOf(definition, emulator, settings) {
  const { account, shopper } = definition.sandbox(emulator.url);
  return {
    name: account.provider,
    account: { ...account, settlingSeconds: 1, timeoutMs: TIMEOUT_MS, ...settings },
    customerId: shopper.customerId,
    faults: emulator.faults,
    idOf: (type, key) => toGlobalId({ type, account: account.key, key }),
    books: () => ({ writes: emulator.writes.list(), requests: emulator.requests.list() }),
    forget() {
      emulator.requests.clear();
      emulator.writes.clear();
    },
    close: () => emulator.close(),
  };
}
