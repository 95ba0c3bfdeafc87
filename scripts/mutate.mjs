import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { suitesOf } from '../test/mutation/suites.mjs';

const usage = `Usage: npm run mutate -- <folder or file of src> [--minutes <n>]

Breaks the code one small way at a time, runs the suites that should notice, and lists what nobody noticed. Goes from file to
file; none is begun after --minutes (default 30). Folders with suites: ${Object.keys(suitesOf).join(', ')}.
`;

const REPORT = 'test/mutation/report.json';
const STRYKER = 'test/mutation/node_modules/@stryker-mutator/core/bin/stryker.js';
/** Of sysexits.h: used wrongly. */
const EXIT_USAGE = 64;

process.exitCode = main();

function main() {
  const chosen = readArguments();
  if (typeof chosen === 'string') {
    process.stderr.write(`${chosen}\n\n${usage}`);
    return EXIT_USAGE;
  }
  const endsAt = performance.now() + chosen.minutes * 60_000;
  const rows = [];
  const survivors = [];
  for (const file of chosen.files) {
    if (performance.now() > endsAt) {
      rows.push([file, 'not tried']);
      continue;
    }
    const mutants = mutate(file, chosen.suites);
    rows.push([file, scoreOf(mutants)]);
    survivors.push(...mutants.filter(isAlive).map((mutant) => describe(file, mutant)));
  }
  process.stdout.write(`\n${survivors.join('\n')}\n\n`);
  for (const [file, score] of rows) process.stdout.write(`${file.padEnd(50)} ${score}\n`);
  return 0;
}

/** Every mutant of a file with what became of it; none where the suites do not pass as they are. */
function mutate(file, suites) {
  rmSync(REPORT, { force: true });
  spawnSync(process.execPath, [STRYKER, 'run', 'test/mutation/stryker.config.mjs'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, MUTATION_FILE: file, MUTATION_SUITES: suites.join(' ') },
  });
  if (!existsSync(REPORT)) throw new Error(`no report on ${file}: its suites must pass before anything is broken`);
  return Object.values(JSON.parse(readFileSync(REPORT, 'utf8')).files).flatMap(({ mutants }) => mutants);
}

function isAlive({ status }) {
  return status === 'Survived' || status === 'NoCoverage';
}

function scoreOf(mutants) {
  const tried = mutants.filter(({ status }) => status !== 'Ignored' && status !== 'CompileError');
  const killed = tried.filter((mutant) => !isAlive(mutant)).length;
  return tried.length === 0 ? 'nothing to break' : `${killed} of ${tried.length} noticed`;
}

function describe(file, { location, mutatorName, replacement }) {
  return `${file}:${location.start.line}:${location.start.column} ${mutatorName}: ${replacement.replace(/\s+/g, ' ')}`;
}

function readArguments() {
  let parsed;
  try {
    parsed = parseArgs({ allowPositionals: true, options: { minutes: { type: 'string', default: '30' } } });
  } catch (error) {
    return error.message;
  }
  const { values, positionals } = parsed;
  const [place, ...more] = positionals.map((path) => path.replace(/\/$/, ''));
  if (place === undefined || more.length > 0) return 'Name one folder or file.';
  if (!existsSync(place)) return `There is no ${place}.`;
  const [, suites] = Object.entries(suitesOf).find(([folder]) => `${place}/`.startsWith(`${folder}/`)) ?? [];
  if (!suites) return `No suite is named for ${place}.`;
  if (!/^\d+(\.\d+)?$/.test(values.minutes)) return `--minutes takes a number, not "${values.minutes}".`;
  return { files: sourcesIn(place), suites, minutes: Number(values.minutes) };
}

function sourcesIn(place) {
  if (statSync(place).isFile()) return [place];
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .map((path) => join(place, path))
    .filter((path) => path.endsWith('.ts'))
    .sort();
}
