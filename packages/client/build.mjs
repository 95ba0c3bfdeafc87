import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Compiles the package, and copies the schema and what tools need of it. The root's compiler does it. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = fileURLToPath(new URL('dist', import.meta.url));
const compiler = join(
  dirname(createRequire(join(root, 'package.json')).resolve('typescript/package.json')),
  'bin',
  'tsc',
);

rmSync(dist, { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [compiler, '--project', fileURLToPath(new URL('tsconfig.build.json', import.meta.url))],
  {
    stdio: 'inherit',
  },
);
if (status !== 0) process.exit(status ?? 1);
for (const [from, to] of [
  ['schema/schema.graphql', 'schema.graphql'],
  ['schema/presets/codegen-scalars.json', 'scalars.json'],
  ['schema/presets/possible-types.json', 'possible-types.json'],
]) {
  copyFileSync(join(root, from), join(dist, to));
}
