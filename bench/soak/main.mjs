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
  'untold',
  'indeterminate',
  'duplicates',
  'lost',
  'stuck',
  'statements',
  'untrue',
  'kills',
  'takeovers',
  'freezes',
  'outages',
];
/** Must be zero. `contradicted`: two requests with one key were told different outcomes. */
const FAULTS = ['duplicates', 'lost', 'stuck', 'untrue', 'contradicted', 'unanswered'];

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

async function soak({ minutes, seed, storage, misbehaviours, storm }, database) {
  print(`Soaking ${storm ? 'three' : 'two'} replicas on ${storage} storage for ${minutes} minutes with seed ${seed}.`);
  const running = await startSoak({
    seed,
    storage: database ? { url: database.url } : {},
    kills: true,
    subscriptions: true,
    misbehaviours,
    everywhere: true,
    storm,
  });
  const begun = performance.now();
  let noted = 0;
  const printNotes = () => {
    for (const text of running.notes.slice(noted)) print(text);
    noted = running.notes.length;
  };
  const progress = setInterval(() => {
    print(progressLine(running.counts, begun));
    printNotes();
  }, PROGRESS_MS);
  try {
    do await running.round();
    while (performance.now() - begun < minutes * 60_000);
  } finally {
    clearInterval(progress);
    printNotes();
    await running.stop();
    await database?.drop();
  }
  return report(running);
}

function report({ counts, answerTimes, longestRefusalMs }) {
  const names = [...COLUMNS, ...FAULTS.filter((name) => !COLUMNS.includes(name) && counts[name] > 0)];
  print(`\n${names.join(' | ')}\n${names.map((name) => '-'.repeat(name.length)).join(' | ')}`);
  print(names.map((name) => String(counts[name]).padStart(name.length)).join(' | '));
  const times = answerTimes.toSorted((left, right) => left - right);
  const percentile = (share) => ((times[Math.ceil(times.length * share) - 1] ?? 0) / 1_000).toFixed(1);
  print(`\nFinal answers: half after ${percentile(0.5)} s, 99 of 100 after ${percentile(0.99)} s.`);
  print(`Longest refusal because of what the provider had done already: ${(longestRefusalMs / 1_000).toFixed(1)} s.`);
  const broken = FAULTS.filter((name) => counts[name] > 0);
  if (broken.length === 0) {
    print('\nNothing lost, nothing twice, nothing stuck, nothing said that is not so.');
    return 0;
  }
  print(`\nNot as promised: ${broken.join(', ')}.`);
  return 1;
}

function progressLine({ rounds, requests, keys, succeeded, duplicates, lost, stuck, untrue, kills }, begun) {
  const seconds = Math.round((performance.now() - begun) / 1000);
  return [
    `${seconds} s: ${rounds} rounds, ${requests} requests, ${keys} keys, ${succeeded} succeeded`,
    `${duplicates} duplicates, ${lost} lost, ${stuck} stuck, ${untrue} untrue, ${kills} kills`,
  ].join(', ');
}

function print(line) {
  process.stdout.write(`${line}\n`);
}
