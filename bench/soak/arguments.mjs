import { parseArgs } from 'node:util';

export const usage = `Usage: npm run soak -- --minutes <n> --seed <n> [--storage embedded|postgres]

Two replicas on one ledger, random faults at the provider, random kills: counts what was lost or done twice.

  --minutes <n>  How long, up to 1440; fractions are allowed. Default: 1.
  --seed <n>     A whole number; the same seed asks, fails and kills alike. Default: 1.
  --storage <s>  embedded (the default), or postgres: a database of its own is made on the server that
                 UPSELL_GRAPH_TEST_DATABASE_URL names (default postgres://postgres@127.0.0.1:5432/test), and dropped.
`;

const STORAGES = ['embedded', 'postgres'];

/** Checked arguments, or `{ problem }` with a sentence. */
export function readArguments(argv) {
  const parsed = parse(argv);
  if ('problem' in parsed) return parsed;
  if (parsed.values.help) return { help: true };
  const [minutes, seed, storage] = ['minutes', 'seed', 'storage'].map((name) => String(parsed.values[name]));
  if (!/^\d+(\.\d+)?$/.test(minutes) || Number(minutes) <= 0 || Number(minutes) > 1_440)
    return { problem: `--minutes takes a number above 0 and up to 1440, not "${minutes}".` };
  if (!/^\d{1,9}$/.test(seed)) return { problem: `--seed takes a whole number of up to 9 digits, not "${seed}".` };
  if (!STORAGES.includes(storage))
    return { problem: `--storage takes one of ${STORAGES.join(', ')}, not "${storage}".` };
  return { minutes: Number(minutes), seed: Number(seed), storage };
}

function parse(argv) {
  const options = {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    storage: { type: 'string', default: 'embedded' },
    help: { type: 'boolean' },
  };
  try {
    return parseArgs({ args: argv, options });
  } catch (error) {
    return { problem: error.message };
  }
}
