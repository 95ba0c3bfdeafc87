import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ChangeType, CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

/** Holds the schema to docs/schema-policy.md: how it may differ from that of the last release tag, and how a deprecation is worded. */
const API = 'schema/schema.graphql';
const SUBGRAPH = 'schema/subgraph.graphql';
/** How long a deprecated member stays at least. */
const NOTICE_MONTHS = 6;

const tag = lastRelease();
const problems = misworded(read(readFileSync(API, 'utf8')));
if (tag === null) say('No release tag is known here, so there is no schema to compare with.');
else problems.push(...(await compareWith(tag)));
for (const problem of problems) say(`! ${problem}`);
if (problems.length > 0) process.exitCode = 1;

async function compareWith(release) {
  const released = read(git('show', `${release}:${API}`));
  const api = await changesOf(API, release);
  const keys = (await changesOf(SUBGRAPH, release)).filter(isLostKey);
  const changes = [...api, ...keys];
  const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
  say(`Changes of the schema since ${release}: ${changes.length}, breaking: ${breaking.length}`);
  for (const { message } of breaking) say(`- ${message}`);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const short = tooShortNotice(released, read(readFileSync(API, 'utf8')));
  if (breaking.length === 0) return short;
  if (lineOf(version) === lineOf(release)) {
    return [
      ...short,
      `They break clients of ${release}: deprecate instead, or say so by a version after ${lineOf(release)}.`,
    ];
  }
  // Before 1.0 each 0.x may break; afterwards only what was announced goes.
  const unannounced = lineOf(release).startsWith('0')
    ? []
    : breaking.filter((change) => !isAnnounced(change, released));
  return [
    ...short,
    ...unannounced.map(({ message }) => `Not deprecated in ${release}, or not for long enough: ${message}`),
  ];
}

/** Deprecations that do not say what to use instead and until when the member stays. */
function misworded(schema) {
  return [...deprecations(schema)]
    .filter(([, reason]) => endOf(reason) === null || !/^(Use `|No replacement)/.test(reason))
    .map(
      ([at, reason]) =>
        `${at} is deprecated without a replacement or an end ("Use \`x\`. Removed after 2027-06-30."): ${reason}`,
    );
}

/** Deprecations since the release that end too soon. */
function tooShortNotice(released, current) {
  const known = deprecations(released);
  const earliest = new Date();
  earliest.setUTCMonth(earliest.getUTCMonth() + NOTICE_MONTHS);
  return [...deprecations(current)]
    .filter(([at, reason]) => !known.has(at) && endOf(reason) !== null && endOf(reason) < earliest)
    .map(([at]) => `${at} is newly deprecated and ends in less than ${NOTICE_MONTHS} months`);
}

/** Deprecated in the release, and its time is over; keys of entities cannot be deprecated. */
function isAnnounced(change, released) {
  if (isLostKey(change)) return true;
  const end = endOf(deprecations(released).get(change.path) ?? '');
  return end !== null && end < new Date();
}

/** Reason of each deprecated member, by its coordinate. */
function deprecations(schema) {
  const found = new Map();
  for (const type of Object.values(schema.getTypeMap())) {
    const members =
      type.getFields?.() ?? Object.fromEntries((type.getValues?.() ?? []).map((value) => [value.name, value]));
    for (const [name, member] of Object.entries(members)) {
      if (member.deprecationReason) found.set(`${type.name}.${name}`, member.deprecationReason);
      for (const argument of member.args ?? []) {
        if (argument.deprecationReason) found.set(`${type.name}.${name}.${argument.name}`, argument.deprecationReason);
      }
    }
  }
  return found;
}

function endOf(reason) {
  const day = /Removed after (\d{4}-\d\d-\d\d)\.$/.exec(reason)?.[1];
  return day === undefined ? null : new Date(`${day}T23:59:59Z`);
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
