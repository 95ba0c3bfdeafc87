/** A refusal as the graph states it; more fields are there when the document selects them. */
export interface Problem {
  readonly code?: string;
  readonly message?: string;
  readonly shopperMessage?: string | null;
  readonly retry?: string;
}

/** The write on record. */
export interface OperationFacts {
  readonly id?: string;
  readonly status: string;
  /** What is proven about the order, when the document selects it. */
  readonly effect?: string;
  readonly errors?: readonly Problem[];
}

export interface ExecutionResult {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message?: string; readonly extensions?: { readonly code?: unknown } }[] | null;
}

/** What became of a decision. */
export type Result<Payload = unknown> = {
  /** The answer of the mutation; null when the outcome was found by asking for the operation. */
  readonly payload: Payload | null;
  readonly operation: OperationFacts | null;
  readonly errors: readonly Problem[];
} & (
  | { readonly status: 'succeeded' | 'partial' | 'rejected' | 'failed' }
  /** Nothing was recorded and nothing done. */
  | { readonly status: 'refused' }
  /** The shopper has to go on elsewhere: `operation.nextAction`. */
  | { readonly status: 'action' }
  /** It may have happened. The key is kept; `watch` finds out. */
  | { readonly status: 'unknown' }
);

/** A result, and what it means for the key. */
export interface Judged<Payload> {
  readonly result: Result<Payload>;
  /** `rotate`: the next decision gets a new key. `release`: nothing is in force. `keep`: it may be. */
  readonly key: 'rotate' | 'release' | 'keep';
}

/** Codes of errors that come before a write begins. Any other, and any that is new, leaves its outcome open. */
const BEFORE_THE_WRITE = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'FORBIDDEN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'LEDGER_UNAVAILABLE',
  'RATE_LIMIT_EXCEEDED',
  'UNAUTHENTICATED',
]);

/** Statuses that do not change any more. A value that is not known here is not final. */
const final = new Map([
  ['SUCCEEDED', 'succeeded'],
  ['PARTIAL', 'partial'],
  ['REJECTED', 'rejected'],
  ['FAILED', 'failed'],
] as const);

/** Judges the answer to a mutation that was sent for the `sent`th time. */
export function judgeAnswer<Payload>({ data, errors }: ExecutionResult, sent: number): Judged<Payload> {
  const payload = firstField(data);
  if (!isObject(payload)) {
    const problems = (errors ?? []).map(({ message, extensions }) => ({
      ...(message !== undefined && { message }),
      ...(typeof extensions?.code === 'string' && { code: extensions.code }),
    }));
    // Of a request sent before, this one tells nothing.
    const isDefinite = sent === 1 && problems.some(({ code = '' }) => BEFORE_THE_WRITE.has(code));
    return isDefinite ? judged('refused', 'release', problems) : judged('unknown', 'keep', problems);
  }
  if (!('operation' in payload) || !Array.isArray(payload['errors'])) {
    throw new TypeError('The mutation has to select `operation { id status }` and `errors { code retry }`.');
  }
  const { operation, errors: refusals } = payload as { operation: unknown; errors: readonly Problem[] };
  if (isOperation(operation)) return judgeOperation(operation, refusals, payload as Payload);
  const isOpen = refusals.length === 0 || refusals.some(leavesOpen);
  return judged(isOpen ? 'unknown' : 'refused', isOpen ? 'keep' : 'release', refusals, null, payload as Payload);
}

/** Judges an operation that was asked for. */
export function judgeOperation<Payload>(
  operation: OperationFacts,
  errors: readonly Problem[] = operation.errors ?? [],
  payload: Payload | null = null,
): Judged<Payload> {
  const status = final.get(operation.status as 'FAILED');
  if (operation.status === 'ACTION_REQUIRED') return judged('action', 'keep', errors, operation, payload);
  // What is settled stays as it is, also where the advice is to look at the order before asking for more.
  if (status === undefined || errors.some(isOfAnother)) return judged('unknown', 'keep', errors, operation, payload);
  const isForSameKey = errors.some(({ retry }) => retry === 'SAME_KEY');
  return judged(status, isForSameKey ? 'release' : 'rotate', errors, operation, payload);
}

/** Whether the advice is to look first. Advice that is not known counts as that. */
function leavesOpen(problem: Problem): boolean {
  return isOfAnother(problem) || !['SAME_KEY', 'NEW_REQUEST', 'NEVER'].includes(problem.retry ?? '');
}

/** Whether a problem tells of another request with the same key, which may be in force. */
function isOfAnother({ code }: Problem): boolean {
  return code === 'IDEMPOTENCY_CONFLICT';
}

function judged<Payload>(
  status: Result['status'],
  key: Judged<Payload>['key'],
  errors: readonly Problem[],
  operation: OperationFacts | null = null,
  payload: Payload | null = null,
): Judged<Payload> {
  return { result: { status, payload, operation, errors }, key };
}

function firstField(data: unknown): unknown {
  return isObject(data) ? Object.entries(data).find(([name]) => name !== '__typename')?.[1] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isOperation(value: unknown): value is OperationFacts {
  return isObject(value) && typeof value['status'] === 'string';
}
