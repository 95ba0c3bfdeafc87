import { spawnSync } from 'node:child_process';
import { folderPath, isInstalled, recordInstalled, sidePackages } from './side-packages.mjs';

/** Installs side packages that are missing or older than their lockfile: `node scripts/install.mjs bench`, or `--all`. */
const named = process.argv.slice(2);
const folders = named.includes('--all') ? sidePackages : named;
const unknown = folders.filter((folder) => !sidePackages.includes(folder));
if (folders.length === 0 || unknown.length > 0) {
  process.stderr.write(`Name side packages (${sidePackages.join(', ')}) or --all.\n`);
  process.exit(64);
}

for (const folder of folders) {
  if (isInstalled(folder)) continue;
  process.stderr.write(`Installing the packages of ${folder}, once per lockfile\n`);
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folderPath(folder),
    // What npm hands to its scripts is about the root's package.
    env: Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle|command)/.test(name)),
    ),
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
  recordInstalled(folder);
}
