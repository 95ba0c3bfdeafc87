import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Prepares a release in the working folder from the changes in `.changeset`: `npm run release`. */
const LEVELS = ['major', 'minor', 'patch'];
const folder = '.changeset';
const { name, version: last } = JSON.parse(readFileSync('package.json', 'utf8'));

const changes = readdirSync(folder)
  .filter((file) => file.endsWith('.md') && file !== 'README.md')
  .sort()
  .map((file) => readChange(join(folder, file)));
if (changes.length === 0) stop(`${folder} has no changes: see its README.`);
const version = bump(
  last,
  LEVELS.find((level) => changes.some((change) => change.level === level)),
);

const changelog = readFileSync('CHANGELOG.md', 'utf8');
const day = new Date().toISOString().slice(0, 10);
const lines = changes.map(({ text }) => `- ${text}\n`).join('');
// What was written under _Unreleased_ by hand goes along.
writeFileSync(
  'CHANGELOG.md',
  changelog.replace(
    /^## Unreleased\n\n|^(?=## )/m,
    (found) => `## ${version}, ${day}\n\n${lines}${found === '' ? '\n' : ''}`,
  ),
);

for (const file of ['package.json', 'package-lock.json']) {
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replaceAll(`"version": "${last}",\n`, (line, at) => (isOwn(text, at) ? `"version": "${version}",\n` : line)),
  );
}
writeFileSync('schema/contract.graphql', readFileSync('schema/schema.graphql'));
for (const { file } of changes) rmSync(file);
process.stdout.write(`Prepared ${version}. Read the difference, commit it, and tag v${version}.\n`);

function readChange(file) {
  const [, head = '', text = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(readFileSync(file, 'utf8')) ?? [];
  const level = parse(head)?.[name];
  if (!LEVELS.includes(level) || text.trim() === '') {
    stop(`${file} does not say '${name}': ${LEVELS.join(', ')}, and below what the changelog is to say.`);
  }
  return { file, level, text: text.trim().replaceAll('\n', ' ') };
}

/** Before 1.0 a minor version may break. */
function bump(from, level) {
  const [major, minor, patch] = from.split('.').map(Number);
  if (level === 'patch') return `${major}.${minor}.${patch + 1}`;
  if (level === 'minor' || major === 0) return `${major}.${minor + 1}.0`;
  return `${major + 1}.0.0`;
}

/** In the lockfile the version stands at the top and in its first package. */
function isOwn(text, at) {
  return text.slice(0, at).split('"node_modules/').length === 1;
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
