import { readFileSync, writeFileSync } from 'node:fs';

/** Prepares a release in the working folder: `npm run release -- 0.2.0`. */
const [, , version = ''] = process.argv;
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
if (!/^\d+\.\d+\.\d+$/.test(version) || !isNewer(version, manifest.version)) {
  stop(`Name a version after ${manifest.version}, such as 0.2.0.`);
}

const changelog = readFileSync('CHANGELOG.md', 'utf8');
const [, changes = ''] = /^## Unreleased\n(.*?)(?=^## |$(?![^]))/ms.exec(changelog) ?? [];
if (changes.trim() === '') stop('CHANGELOG.md has nothing under Unreleased.');
const day = new Date().toISOString().slice(0, 10);
writeFileSync('CHANGELOG.md', changelog.replace('## Unreleased\n', `## Unreleased\n\n## ${version}, ${day}\n`));

for (const file of ['package.json', 'package-lock.json']) {
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replaceAll(`"version": "${manifest.version}",\n`, (line, at) =>
      isOwn(text, at) ? `"version": "${version}",\n` : line,
    ),
  );
}
writeFileSync('schema/contract.graphql', readFileSync('schema/schema.graphql'));
process.stdout.write(`Prepared ${version}. Read the difference, commit it, and tag v${version}.\n`);

/** In the lockfile the version stands at the top and in its first package. */
function isOwn(text, at) {
  return text.slice(0, at).split('"node_modules/').length === 1;
}

function isNewer(next, last) {
  const [a, b] = [next, last].map((text) => text.split('.').map(Number));
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && a[at] > b[at];
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
