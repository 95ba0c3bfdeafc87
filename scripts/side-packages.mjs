import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Folders with a package.json and a lockfile of their own, which `npm install` at the root leaves alone. Each is
 * installed by the commands that need it, through `scripts/install.mjs`.
 */
export const sidePackages = [
  'bench',
  'examples/storefront',
  'examples/supergraph',
  'packages/client',
  'site',
  'test/clients',
  'test/manifests',
  'test/mutation',
  'test/supergraph',
  'tools',
];

/** The test suites that need side packages; without them `npm test` leaves the suite out and says so. */
export const suitesWithPackages = {
  'test/clients': ['test/clients'],
  'test/manifests': ['test/manifests'],
  'test/storefront': ['packages/client', 'examples/storefront'],
  'test/supergraph': ['test/supergraph', 'examples/supergraph'],
  'test/tools': ['tools'],
};

/** Whether a side package holds what its lockfile says. */
export function isInstalled(folder) {
  const stamp = stampFile(folder);
  // A copy of the sources, as `npm run mutate` makes one, has the packages of a folder without the folder.
  return existsSync(stamp) && existsSync(lockFile(folder)) && readFileSync(stamp, 'utf8') === lockHash(folder);
}

export function recordInstalled(folder) {
  writeFileSync(stampFile(folder), lockHash(folder));
}

export function folderPath(folder) {
  return join(root, folder);
}

/** The suites whose side packages are not installed. */
export function suitesLeftOut() {
  return Object.entries(suitesWithPackages)
    .filter(([, folders]) => !folders.every(isInstalled))
    .map(([suite]) => suite);
}

function stampFile(folder) {
  return join(root, folder, 'node_modules', '.installed-lockfile');
}

function lockHash(folder) {
  return createHash('sha256')
    .update(readFileSync(lockFile(folder)))
    .digest('hex');
}

function lockFile(folder) {
  return join(root, folder, 'package-lock.json');
}
