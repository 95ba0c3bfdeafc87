import { isSettled, type Operation } from '../domain/operation.js';

const HEAD = ['operation', 'created', 'age', 'account', 'kind', 'status', 'order', 'open step', 'problem'] as const;

/** Formats operations for the operator's terminal, one per line and without a shopper's data. */
export function operationsTable(operations: readonly Operation[], now: Date): string {
  if (operations.length === 0) return 'No such operations.';
  const rows = [HEAD, ...operations.map((operation) => rowOf(operation, now))];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function rowOf(operation: Operation, now: Date): readonly string[] {
  const { id, createdAt, account, kind, status, orderRef, inFlightStep, steps, errors } = operation;
  return [
    id,
    createdAt.toISOString(),
    age(now.getTime() - createdAt.getTime()),
    account,
    kind,
    status,
    orderRef?.key ?? '-',
    isSettled(operation) ? '-' : (inFlightStep?.name ?? 'read_back'),
    steps.at(-1)?.problem?.kind ?? errors[0]?.code ?? '-',
  ];
}

function age(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}
