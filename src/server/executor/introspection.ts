import { type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import type { Execute } from './executor.js';
import { interpret } from './interpret.js';

/**
 * Answers operations that only ask about the schema from `described`: the schema as clients use it, which leaves out the
 * fields for gateways. What a tool downloads is then what the emitted file says.
 */
export function describeAs(described: GraphQLSchema, execute: Execute): Execute {
  return (request) => (asksAboutSchemaOnly(request.operation) ? interpret(described, request) : execute(request));
}

const ABOUT_SCHEMA: ReadonlySet<string> = new Set(['__schema', '__type']);

/** Tools write introspection in one way, with no fragment on the root type: with one, the operation is an ordinary one. */
function asksAboutSchemaOnly({ selectionSet }: OperationDefinitionNode): boolean {
  return selectionSet.selections.every((each) => each.kind === Kind.FIELD && ABOUT_SCHEMA.has(each.name.value));
}
