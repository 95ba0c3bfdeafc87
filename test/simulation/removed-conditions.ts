import type { KyselyPlugin } from 'kysely';
import type { ScenarioName } from './ledger-scenarios.js';

/** A condition that one of the ledger's statements depends on, and how to leave it out. */
export interface RemovedCondition {
  readonly name: string;
  readonly statement: 'InsertQueryNode' | 'UpdateQueryNode';
  readonly table: 'operations';
  /** The part of the statement it is, by its column and operator. */
  readonly column: string;
  readonly operator: string;
  /** Leaves statements as they are that mention this. */
  readonly unlike?: string;
  /** Leaves subqueries as they are. */
  readonly isOuterOnly?: boolean;
  readonly instead: 'true' | 'left operand';
  /** Where its lack does harm. */
  readonly harms: ScenarioName;
}

export const removedConditions: readonly RemovedCondition[] = [
  {
    name: 'a key is claimed again only when it may restart',
    statement: 'InsertQueryNode',
    table: 'operations',
    column: 'may_restart',
    operator: '=',
    instead: 'true',
    harms: 'two replicas with one key',
  },
  {
    name: 'a key is claimed again only for the same input',
    statement: 'InsertQueryNode',
    table: 'operations',
    column: 'input_hash',
    operator: '=',
    instead: 'true',
    harms: 'a key that may restart, asked again with another input',
  },
  {
    name: 'a state is stored only over the version it was made from',
    statement: 'UpdateQueryNode',
    table: 'operations',
    column: 'version',
    operator: '=',
    instead: 'true',
    harms: 'a write and a recovery that takes it for dead',
  },
  {
    name: 'taking an operation over makes a new version',
    statement: 'UpdateQueryNode',
    table: 'operations',
    column: 'version',
    operator: '+',
    instead: 'left operand',
    harms: 'a write and a recovery that takes it for dead',
  },
  {
    name: 'a lease is renewed only by the version it was given to',
    statement: 'UpdateQueryNode',
    table: 'operations',
    column: 'version',
    operator: '=',
    instead: 'true',
    harms: 'a write that renews its lease, and a recovery',
  },
  {
    name: 'only operations whose lease ended are taken over',
    statement: 'UpdateQueryNode',
    table: 'operations',
    column: 'lease_until',
    operator: '<=',
    instead: 'true',
    harms: 'two recoveries of one operation, and of one that is not due',
  },
  {
    name: 'a lock is kept while the lease of its operation runs',
    statement: 'UpdateQueryNode',
    table: 'operations',
    column: 'lease_until',
    operator: '<=',
    instead: 'true',
    harms: 'two writes on one order',
  },
  {
    name: 'a lock is released by its owner only',
    statement: 'UpdateQueryNode',
    table: 'operations',
    column: 'id',
    operator: '=',
    unlike: 'holder',
    instead: 'true',
    harms: 'two writes on one order',
  },
  {
    name: 'whoever lost the lock of an order saves no more',
    statement: 'UpdateQueryNode',
    table: 'operations',
    column: 'version',
    operator: '+',
    instead: 'left operand',
    harms: 'a write whose lease has ended, and the next one on its order',
  },
];

/** Leaves a condition out of the statements as they pass. */
export class ConditionRemover {
  removed: RemovedCondition | null = null;

  readonly plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      const { removed } = this;
      if (removed === null || node.kind !== removed.statement || !mentions(node, removed.table)) return node;
      if (removed.unlike !== undefined && mentions(node, removed.unlike)) return node;
      return this.without(node, removed);
    },
    transformResult: async ({ result }) => result,
  };

  private without<T>(value: T, removed: RemovedCondition): T {
    if (Array.isArray(value)) return value.map((entry) => this.without(entry, removed)) as T;
    // Values are no part of the statement.
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
    const node = value as unknown as Node;
    if (removed.isOuterOnly === true && node.kind === 'SelectQueryNode') return value;
    if (isCondition(node, removed)) {
      return (removed.instead === 'left operand' ? node.leftOperand : always) as T;
    }
    const entries = Object.entries(value).map(([key, entry]) => [key, this.without<unknown>(entry, removed)]);
    return Object.fromEntries(entries) as T;
  }
}

interface Node {
  readonly kind?: string;
  readonly leftOperand?: unknown;
  readonly operator?: { readonly operator?: string };
}

function isCondition({ kind, leftOperand, operator }: Node, { column, operator: wanted }: RemovedCondition): boolean {
  if (operator?.operator !== wanted) return false;
  return kind === 'BinaryOperationNode' && mentions(leftOperand, column);
}

/** Whether an identifier of this name stands somewhere below. */
function mentions(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if ('kind' in value && value.kind === 'IdentifierNode' && 'name' in value) return value.name === name;
  return Object.values(value).some((entry) => mentions(entry, name));
}

const always = { kind: 'RawNode', sqlFragments: ['1 = 1'], parameters: [] };
