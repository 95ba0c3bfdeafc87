import { parseArgs } from 'node:util';

export const usage = `Usage: npm run soak -- --minutes <n> --seed <n> [--storage embedded|postgres] [--well-behaved] [--storm]

Two replicas on one ledger, random faults at the provider, random kills: counts what was lost, done twice, or
said and not so.

  --minutes <n>  How long, up to 1440; fractions are allowed. Default: 1.
  --seed <n>     A whole number; the same seed asks, fails and kills alike. Default: 1.
  --storage <s>  embedded (the default), or postgres: a database of its own is made on the server that
                 UPSELL_GRAPH_TEST_DATABASE_URL names (default postgres://postgres@127.0.0.1:5432/test), and dropped.
  --well-behaved The provider does what it is asked and answers what it did; only connections, servers and replicas fail.
  --storm        Three replicas, their clocks a minute apart, which stand still for 5 to 50 seconds now and then, on a
                 database that is cut off, hangs and takes no writes in turn. Needs --storage postgres.
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
  const storm = parsed.values.storm === true;
  if (storm && storage !== 'postgres')
    return { problem: '--storm needs --storage postgres: one process has the embedded one.' };
  return {
    storm,
    minutes: Number(minutes),
    seed: Number(seed),
    storage,
    misbehaviours: !parsed.values['well-behaved'],
  };
}

function parse(argv) {
  const options = {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    storage: { type: 'string', default: 'embedded' },
    'well-behaved': { type: 'boolean' },
    storm: { type: 'boolean' },
    help: { type: 'boolean' },
  };
  try {
    return parseArgs({ args: argv, options });
  } catch (error) {
    return { problem: error.message };
  }
}
