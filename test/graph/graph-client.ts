import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import {
  type DocumentNode,
  getOperationAST,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  print,
  validate,
} from 'graphql';
import type { Actor } from '../../src/domain/actor.js';
import type { Operation } from '../../src/domain/operation.js';
import { createGraphContext } from '../../src/graph/context.js';
import { asSubgraph } from '../../src/graph/federation/subgraph.js';
import { buildGraphSchema } from '../../src/graph/schema.js';
import { providers } from '../../src/providers/index.js';
import type { WriteCommand, WriteResult } from '../../src/operations/write-command.js';
import type { WriteService } from '../../src/operations/write-service.js';
import type { OwnOperations } from '../../src/operations/ledger.js';
import { createIdSealer } from '../../src/storage/sealer.js';
import { createExecutor } from '../../src/server/executor/executor.js';
import type { Execute } from '../../src/server/executor/interpret.js';
import type { FakeShop } from './fake-shop.js';
import { now } from './sample-records.js';

export const ada: Actor = {
  id: 'user-ada',
  kind: 'CUSTOMER',
  scopes: ['upsell:read', 'upsell:write'],
  customers: { 'og-us': 'ada', 'og-eu': 'ada' },
  orders: {},
};

export const staff: Actor = { ...ada, id: 'staff', kind: 'SERVICE', customers: {} };

/** For the IDs of customers. */
export const sealer = createIdSealer('test', 'identifiers');

/** A write service that answers what the test says, and keeps what it was asked. */
export class FakeWrites implements WriteService {
  readonly commands: WriteCommand[] = [];
  readonly operations: Operation[] = [];
  answer: (command: WriteCommand) => WriteResult = () => ({ operation: null, errors: [], replayed: false, view: null });

  async run(command: WriteCommand): Promise<WriteResult> {
    this.commands.push(command);
    return this.answer(command);
  }

  async byId(_actor: Actor, id: string): Promise<Operation | null> {
    return this.operations.find((operation) => operation.id === id) ?? null;
  }

  async byKey(_actor: Actor, idempotencyKey: string): Promise<Operation | null> {
    return this.operations.find((operation) => operation.idempotencyKey === idempotencyKey) ?? null;
  }

  async list(_actor: Actor, { isSettled: wanted, limit, after }: OwnOperations): Promise<readonly Operation[]> {
    const start = this.operations.findIndex(({ id }) => id === after?.id) + 1;
    return this.operations
      .filter(({ settledAt }) => wanted === null || (settledAt !== null) === wanted)
      .slice(start, start + limit);
  }

  start(): void {}

  lookAt(): void {}

  async stop(): Promise<void> {}
}

/** Sends requests to the real schema, over fake shops; queries run compiled. */
export class GraphClient {
  readonly writes = new FakeWrites();
  actor: Actor = ada;
  /** Errors nobody raised on purpose, by account. */
  readonly reported: (readonly [account: string, error: unknown])[] = [];

  private constructor(
    private readonly schema: GraphQLSchema,
    private readonly execute: Execute,
    private readonly shops: readonly FakeShop[],
  ) {}

  static over(...shops: readonly FakeShop[]): GraphClient {
    const { schema, execute } = graph();
    return new GraphClient(schema, execute, shops);
  }

  async send<Data, Variables extends object>(
    document: string | TypedDocumentNode<Data, Variables>,
    variables?: Variables,
  ) {
    const contextValue = createGraphContext({
      actor: this.actor,
      accounts: new Map(this.shops.map((shop) => [shop.key, shop.connected])),
      writes: this.writes,
      clock: () => now,
      signal: new AbortController().signal,
      sealer,
      report: (error, account) => this.reported.push([account, error]),
    });
    const { parsed, errors } = prepare(this.schema, typeof document === 'string' ? document : print(document));
    const operation = getOperationAST(parsed);
    const request = { document: parsed, contextValue, variables: { ...variables } };
    const result = errors.length > 0 || !operation ? { errors } : await this.execute({ ...request, operation });
    // As it goes over the wire, so that scalars are seen as clients see them.
    const wire: unknown = JSON.parse(JSON.stringify(result));
    return toAnswer(wire);
  }
}

export interface Answer {
  readonly data: unknown;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

function toAnswer(wire: unknown): Answer {
  return { data: null, errors: [], ...Object(wire) };
}

interface Prepared {
  readonly parsed: DocumentNode;
  readonly errors: readonly GraphQLError[];
}

const prepared = new Map<string, Prepared>();

/** Once for each text, as the server does; the executor knows a document again by itself. */
function prepare(schema: GraphQLSchema, text: string): Prepared {
  const known = prepared.get(text);
  if (known) return known;
  const parsed = parse(text);
  const made = { parsed, errors: validate(schema, parsed) };
  prepared.set(text, made);
  return made;
}

let built: { readonly schema: GraphQLSchema; readonly execute: Execute } | null = null;

function graph() {
  if (!built) {
    const schema = asSubgraph(buildGraphSchema(Object.values(providers)));
    built = { schema, execute: createExecutor(schema, { compiledFromUse: 1 }) };
  }
  return built;
}
