import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { folderPath, isInstalled, sidePackages } from './side-packages.mjs';

/** Checks the types of the root, and of each side package that is installed and has a tsconfig.json. */
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
const projects = ['.', ...sidePackages.filter((folder) => existsSync(join(folderPath(folder), 'tsconfig.json')))];

for (const project of projects) {
  if (project !== '.' && !isInstalled(project)) {
    process.stdout.write(
      `Types of ${project} left out: \`node scripts/install.mjs ${project}\` installs its packages\n`,
    );
    continue;
  }
  const { status } = spawnSync(process.execPath, [compiler, '--noEmit', '--project', folderPath(project)], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
