import { parseArgs } from 'node:util';
import { describeFailure, explain, readDecisions, search } from './search.js';
import { replay } from './shrink.js';

const usage = `Usage: npm run simulate -- [--minutes <n> | --schedules <n>] [--seed <n>]
       npm run simulate -- --replay <seed or decisions>

Runs the write protocol in simulated time, one random schedule after the other, until a law is broken or enough are tried.

  --minutes <n>    How long, up to 1440; fractions are allowed. Default: 1.
  --schedules <n>  How many, in place of how long.
  --seed <n>       The seed of the first schedule; the next ones count on. Default: 1.
  --replay <s>     Tells the story of one schedule: of a seed, shrunk, or of the decisions a failure printed.
`;

/** Of sysexits.h: used wrongly. */
const EXIT_USAGE = 64;

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const chosen = readArguments(argv);
  if (typeof chosen === 'string') {
    process.stderr.write(`${chosen}\n\n${usage}`);
    return EXIT_USAGE;
  }
  if (chosen.isHelp) {
    print(usage);
    return 0;
  }
  return chosen.replay === null ? simulate(chosen) : tell(chosen.replay);
}

async function simulate({ minutes, schedules, seed }: Chosen): Promise<number> {
  const endsAt = performance.now() + minutes * 60_000;
  const goesOn = (tried: number) => (schedules === null ? performance.now() < endsAt : tried < schedules);
  const { tried, failure, coverage } = await search({ firstSeed: seed, goesOn });
  print(coverage.report());
  if (failure) {
    print(`\n${describeFailure(failure)}\nThat took ${tried} schedules.`);
    return 1;
  }
  print(`\n${tried} schedules, no law broken, ${Math.round(process.cpuUsage().user / 1_000_000)} s of CPU.`);
  if (coverage.unreached.length === 0) return 0;
  print(`No schedule came to: ${coverage.unreached.join(', ')}.`);
  return 1;
}

async function tell(what: string): Promise<number> {
  if (/^\d+$/.test(what)) {
    const failure = await explain(Number(what));
    print(failure ? describeFailure(failure) : `Seed ${what} breaks no law.`);
    return failure ? 1 : 0;
  }
  const decisions = readDecisions(what);
  if (!decisions) {
    process.stderr.write(`--replay takes a seed or decisions like "kind#0=1,…".\n`);
    return EXIT_USAGE;
  }
  const { breach, story } = await replay(decisions, { isTold: true });
  print(story.join('\n'));
  return breach ? 1 : 0;
}

interface Chosen {
  readonly isHelp: boolean;
  readonly minutes: number;
  /** Null for as many as the minutes allow. */
  readonly schedules: number | null;
  readonly seed: number;
  readonly replay: string | null;
}

/** The arguments, or a sentence about what is wrong with them. */
function readArguments(argv: readonly string[]): Chosen | string {
  const options = {
    minutes: { type: 'string', default: '1' },
    schedules: { type: 'string' },
    seed: { type: 'string', default: '1' },
    replay: { type: 'string' },
    help: { type: 'boolean', default: false },
  } as const;
  let values;
  try {
    ({ values } = parseArgs({ args: [...argv], options }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { minutes, schedules, seed, replay = null, help } = values;
  if (!/^\d+(\.\d+)?$/.test(minutes) || Number(minutes) <= 0 || Number(minutes) > 1_440)
    return `--minutes takes a number above 0 and up to 1440, not "${minutes}".`;
  if (schedules !== undefined && !/^[1-9]\d{0,8}$/.test(schedules))
    return `--schedules takes a whole number above 0 of up to 9 digits, not "${schedules}".`;
  if (!/^\d{1,9}$/.test(seed)) return `--seed takes a whole number of up to 9 digits, not "${seed}".`;
  return {
    isHelp: help,
    minutes: Number(minutes),
    schedules: schedules === undefined ? null : Number(schedules),
    seed: Number(seed),
    replay,
  };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
