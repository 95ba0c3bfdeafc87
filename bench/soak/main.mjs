import { freshDatabase } from '../databases.mjs';
import { readArguments, usage } from './arguments.mjs';
import { startSoak } from './engine.mjs';

const PROGRESS_MS = 10_000;
/** Of sysexits.h: used wrongly, and a service it needs is not there. */
const EXIT_USAGE = 64;
const EXIT_STORAGE = 69;

const COLUMNS = [
  'requests',
  'keys',
  'succeeded',
  'failed',
  'partial',
  'indeterminate',
  'duplicates',
  'lost',
  'stuck',
  'kills',
  'takeovers',
];
/** Must be zero. `contradicted`: two requests with one key were told different outcomes. */
const FAULTS = ['duplicates', 'lost', 'stuck', 'contradicted', 'unanswered'];

const parameters = readArguments(process.argv.slice(2));
if (parameters.help) process.stdout.write(usage);
else if (parameters.problem) {
  process.stderr.write(`${parameters.problem}\n\n${usage}`);
  process.exitCode = EXIT_USAGE;
} else process.exitCode = await run(parameters);

async function run(chosen) {
  if (chosen.storage === 'embedded') return soak(chosen, null);
  try {
    return await soak(chosen, await freshDatabase());
  } catch (error) {
    if (error.code !== 'ECONNREFUSED') throw error;
    process.stderr.write('There is no PostgreSQL server. UPSELL_GRAPH_TEST_DATABASE_URL names one.\n');
    return EXIT_STORAGE;
  }
}

async function soak({ minutes, seed, storage }, database) {
  print(`Soaking two replicas on ${storage} storage for ${minutes} minutes with seed ${seed}.`);
  const running = await startSoak({
    seed,
    storage: database ? { url: database.url } : {},
    kills: true,
    subscriptions: true,
  });
  const begun = performance.now();
  const progress = setInterval(() => print(progressLine(running.counts, begun)), PROGRESS_MS);
  try {
    do await running.round();
    while (performance.now() - begun < minutes * 60_000);
  } finally {
    clearInterval(progress);
    await running.stop();
    await database?.drop();
  }
  return report(running);
}

function report({ counts, notes }) {
  const names = [...COLUMNS, ...FAULTS.filter((name) => !COLUMNS.includes(name) && counts[name] > 0)];
  print(`\n${names.join(' | ')}\n${names.map((name) => '-'.repeat(name.length)).join(' | ')}`);
  print(names.map((name) => String(counts[name]).padStart(name.length)).join(' | '));
  const broken = FAULTS.filter((name) => counts[name] > 0);
  if (broken.length === 0) {
    print('\nNothing lost, nothing twice, nothing stuck.');
    return 0;
  }
  print(`\nNot as promised: ${broken.join(', ')}.\n${notes.join('\n')}`);
  return 1;
}

function progressLine({ rounds, requests, keys, succeeded, duplicates, lost, stuck, kills }, begun) {
  const seconds = Math.round((performance.now() - begun) / 1000);
  return [
    `${seconds} s: ${rounds} rounds, ${requests} requests, ${keys} keys, ${succeeded} succeeded`,
    `${duplicates} duplicates, ${lost} lost, ${stuck} stuck, ${kills} kills`,
  ].join(', ');
}

function print(line) {
  process.stdout.write(`${line}\n`);
}
