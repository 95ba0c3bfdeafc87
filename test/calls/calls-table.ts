import { type FullStack, startFullStack } from '../support/full-stack.js';
import { exampleOperations } from '../schema/example-operations.js';
import type { CallsCase, CallsSubject } from './calls-subject.js';
import { type CallTimeline, createCallTimeline, type Measured } from './call-timeline.js';

export interface Row extends CallsCase {
  readonly provider: string;
  readonly made: Measured;
}

/** Runs the queries of one subject through a whole server and counts what its provider is asked. */
export async function measure(
  provider: string,
  { scenario, switches = {}, settings = {}, prepare }: CallsSubject,
): Promise<readonly Row[]> {
  const opened: CallTimeline[] = [];
  const stack = await startFullStack({
    only: [provider],
    ...(scenario !== undefined && { scenarios: { [provider]: scenario } }),
    switches: { [provider]: switches },
    settings: { [provider]: settings },
    parts: {
      transportFor(_account, connections) {
        const timeline = createCallTimeline(connections);
        opened.push(timeline);
        return timeline.transport;
      },
    },
  });
  try {
    const [timeline] = opened;
    if (!timeline) throw new Error('no account was connected');
    const rows: Row[] = [];
    for (const each of await prepare(stack)) {
      const text = each.text ?? exampleOperations.find(({ name }) => name === each.operation)?.text ?? '';
      rows.push({ ...each, provider, made: await timeline.measure(() => ask(stack, text, each)) });
    }
    return rows;
  } finally {
    await stack.close();
  }
}

async function ask(stack: FullStack, text: string, { operation, variables }: CallsCase): Promise<void> {
  const data = await stack.data(text, variables);
  if (isWrite({ text }) && data.at(operation, 'effect') !== 'CHANGED') throw new Error(JSON.stringify(data.value));
}

const HEAD = `# Calls of queries and writes

What each query of \`schema/operations\`, and each write, asks of each provider: how many calls, and how many of them one after
the other. Beside it the fewest that the provider's API allows, and why there are more. \`npm run calls\` measures and writes it.
`;

const WRITES = `
## Writes

The fewest of a write: its target is read, each of its steps is sent, and what it did is looked at once. The order and the lines
of the payload are what that look saw. Names of products, subscriptions and the next offer are read when they are selected, as in queries.
`;

export function isWrite({ text }: Pick<CallsCase, 'text'>): boolean {
  return text?.startsWith('mutation') === true;
}

export function callsTable(rows: readonly Row[]): string {
  const writes = rows.filter(isWrite);
  const queries = rows.filter((row) => !isWrite(row));
  return `${HEAD}${tableOf('query', queries)}${WRITES}${tableOf('write', writes)}`;
}

function tableOf(what: string, rows: readonly Row[]): string {
  const lines = rows.map(({ operation, provider, data, made, least, reason = '' }) =>
    [operation, provider, data, made.calls, made.depth, least.calls, least.depth, reason].join(' | '),
  );
  return `
| ${what} | provider | data | calls | in a row | fewest calls | fewest in a row | why more |
| --- | --- | --- | --- | --- | --- | --- | --- |
${lines.map((line) => `| ${line} |`).join('\n')}
`;
}
