import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);

function compile() {
  const compiler = join(packageFolder('typescript'), 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [compiler, '--project', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** The page and the published browser builds it loads: nothing comes from another host at run time. */
function copyGraphiql() {
  const target = join(dist, 'graphiql');
  cpSync(join(root, 'src', 'server', 'graphiql'), target, { recursive: true });
  for (const [name, file] of [
    ['graphiql', 'graphiql.min.js'],
    ['graphiql', 'graphiql.min.css'],
    ['graphql-sse', 'umd/graphql-sse.min.js'],
    ['react', 'umd/react.production.min.js'],
    ['react-dom', 'umd/react-dom.production.min.js'],
  ]) {
    copyFileSync(join(packageFolder(name), file), join(target, file.slice(file.lastIndexOf('/') + 1)));
  }
}

function copySandboxPage() {
  cpSync(join(root, 'src', 'server', 'sandbox-page'), join(dist, 'sandbox-page'), { recursive: true });
}

function packageFolder(name) {
  return dirname(require.resolve(`${name}/package.json`));
}

rmSync(dist, { recursive: true, force: true });
copyGraphiql();
copySandboxPage();
compile();
