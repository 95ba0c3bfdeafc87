import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ChangeType, CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

/** Compares the schema with that of the last release tag: what breaks clients needs a version that says so. */
const API = 'schema/schema.graphql';
const SUBGRAPH = 'schema/subgraph.graphql';

const tag = lastRelease();
if (tag === null) say('No release tag is known here, so there is no schema to compare with.');
else await compareWith(tag);

async function compareWith(release) {
  const api = await changesOf(API, release);
  const keys = (await changesOf(SUBGRAPH, release)).filter(isLostKey);
  const changes = [...api, ...keys];
  const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
  say(`Changes of the schema since ${release}: ${changes.length}, breaking: ${breaking.length}`);
  for (const { message } of breaking) say(`- ${message}`);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  if (breaking.length === 0 || lineOf(version) !== lineOf(release)) return;
  say(`They break clients of ${release}: deprecate instead, or say so by a version after ${lineOf(release)}.`);
  process.exitCode = 1;
}

function lastRelease() {
  try {
    return git('describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*').trim();
  } catch {
    return null;
  }
}

function git(...parameters) {
  return execFileSync('git', parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Unchecked: the directives of federation are not defined in the file. */
function read(text) {
  return buildSchema(text, { assumeValid: true, assumeValidSDL: true });
}

function changesOf(file, release) {
  return diff(read(git('show', `${release}:${file}`)), read(readFileSync(file, 'utf8')), [keysStay]);
}

/** Subgraphs refer to entities by their keys: one that goes breaks the supergraph. */
function keysStay({ changes }) {
  return changes.map((change) =>
    isLostKey(change) ? { ...change, criticality: { level: CriticalityLevel.Breaking } } : change,
  );
}

function isLostKey({ type, path }) {
  return type === ChangeType.DirectiveUsageObjectRemoved && path?.endsWith('@key');
}

/** Versions of one line do not break one another: 1.2.3 is of 1, 0.2.3 of 0.2. */
function lineOf(version) {
  return /^v?((?:0\.)*\d+)/.exec(version)?.[1];
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
