import { parseArgs } from 'node:util';
import { type Fault, faultNames } from './faults.js';
import { withstoodFaults } from './known-breaches.js';
import type { Conditions } from './schedule.js';
import { describeFailure, explain, readDecisions, search } from './search.js';
import { replay } from './shrink.js';

const usage = `Usage: npm run simulate -- [--minutes <n>] [--seed <n>] [--with <fault>,…]
       npm run simulate -- --replay <seed or decisions> [--with <fault>,…]

Runs the write protocol in simulated time, one random schedule after the other, until a law is broken or the time is over.

  --minutes <n>  How long, up to 1440; fractions are allowed. Default: 1.
  --seed <n>     The seed of the first schedule; the next ones count on. Default: 1.
  --with <f>,…   Faults the protocol does not withstand yet, besides those it does: ${faultNames
    .filter((fault) => !withstoodFaults.includes(fault))
    .join(', ')}.
  --replay <s>   Tells the story of one schedule: of a seed, shrunk, or of the decisions a failure printed.
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
  return chosen.replay === null ? simulate(chosen) : tell(chosen.replay, chosen.conditions);
}

async function simulate({ minutes, seed, conditions }: Chosen): Promise<number> {
  const endsAt = performance.now() + minutes * 60_000;
  const goesOn = () => performance.now() < endsAt;
  const { tried, failure, coverage } = await search({ firstSeed: seed, goesOn, conditions });
  print(coverage.report());
  if (failure) {
    print(`\n${describeFailure(failure)}\nThat took ${tried} schedules.`);
    return 1;
  }
  print(`\n${tried} schedules, no law broken.`);
  if (coverage.unreached.length === 0) return 0;
  print(`No schedule came to: ${coverage.unreached.join(', ')}.`);
  return 1;
}

async function tell(what: string, conditions: Conditions): Promise<number> {
  if (/^\d+$/.test(what)) {
    const failure = await explain(Number(what), conditions);
    print(failure ? describeFailure(failure) : `Seed ${what} breaks no law.`);
    return failure ? 1 : 0;
  }
  const decisions = readDecisions(what);
  if (!decisions) {
    process.stderr.write(`--replay takes a seed or decisions like "kind#0=1,…".\n`);
    return EXIT_USAGE;
  }
  const { breach, story } = await replay(decisions, { faults: faultNames }, { isTold: true });
  print(story.join('\n'));
  return breach ? 1 : 0;
}

interface Chosen {
  readonly isHelp: boolean;
  readonly minutes: number;
  readonly seed: number;
  readonly replay: string | null;
  readonly conditions: Conditions;
}

/** The arguments, or a sentence about what is wrong with them. */
function readArguments(argv: readonly string[]): Chosen | string {
  const options = {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    with: { type: 'string', default: '' },
    replay: { type: 'string' },
    help: { type: 'boolean', default: false },
  } as const;
  let values;
  try {
    ({ values } = parseArgs({ args: [...argv], options }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { minutes, seed, replay = null, help } = values;
  if (!/^\d+(\.\d+)?$/.test(minutes) || Number(minutes) <= 0 || Number(minutes) > 1_440)
    return `--minutes takes a number above 0 and up to 1440, not "${minutes}".`;
  if (!/^\d{1,9}$/.test(seed)) return `--seed takes a whole number of up to 9 digits, not "${seed}".`;
  const more = values.with === '' ? [] : values.with.split(',');
  const unknown = more.find((name) => !faultNames.some((fault) => fault === name));
  if (unknown !== undefined) return `There is no fault "${unknown}".`;
  const faults: readonly Fault[] = [...withstoodFaults, ...faultNames.filter((fault) => more.includes(fault))];
  return { isHelp: help, minutes: Number(minutes), seed: Number(seed), replay, conditions: { faults } };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
