import { startFullStack } from '../support/full-stack.js';
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
  { scenario, switches = {}, prepare }: CallsSubject,
): Promise<readonly Row[]> {
  const opened: CallTimeline[] = [];
  const stack = await startFullStack({
    only: [provider],
    ...(scenario !== undefined && { scenarios: { [provider]: scenario } }),
    switches: { [provider]: switches },
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
      const text = exampleOperations.find(({ name }) => name === each.operation)?.text ?? '';
      rows.push({ ...each, provider, made: await timeline.measure(() => stack.data(text, each.variables)) });
    }
    return rows;
  } finally {
    await stack.close();
  }
}

const HEAD = `# Calls a query makes

What each query of \`schema/operations\` asks of each provider: how many calls, and how many of them one after
the other. Beside it the fewest that the provider's API allows, and why there are more. \`npm run calls\` measures and writes it.
`;

export function callsTable(rows: readonly Row[]): string {
  const lines = rows.map(({ operation, provider, data, made, least, reason = '' }) =>
    [operation, provider, data, made.calls, made.depth, least.calls, least.depth, reason].join(' | '),
  );
  return `${HEAD}
| query | provider | data | calls | in a row | fewest calls | fewest in a row | why more |
| --- | --- | --- | --- | --- | --- | --- | --- |
${lines.map((line) => `| ${line} |`).join('\n')}
`;
}
