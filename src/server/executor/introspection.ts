import {
  type DocumentNode,
  execute as interpret,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { Execute } from './executor.js';

/**
 * Answers operations that only ask about the schema from `described`: the schema as clients use it, which leaves out the
 * fields for gateways. What a tool downloads is then what the emitted file says.
 */
export function describeAs(described: GraphQLSchema, execute: Execute): Execute {
  /** By identity: who parses keeps documents. */
  const known = new WeakMap<DocumentNode, boolean>();
  return (request) => {
    const { document } = request;
    const isAboutSchema = known.get(document) ?? asksAboutSchemaOnly(document);
    known.set(document, isAboutSchema);
    return isAboutSchema ? interpret({ ...request, schema: described }) : execute(request);
  };
}

const ABOUT_SCHEMA: ReadonlySet<string> = new Set(['__schema', '__type']);

/** All operations of the document do. */
function asksAboutSchemaOnly(document: DocumentNode): boolean {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return operations.length > 0 && operations.every(asks);
}

/** Tools write introspection in one way, with no fragment on the root type: with one, the operation is an ordinary one. */
function asks({ selectionSet }: OperationDefinitionNode): boolean {
  return selectionSet.selections.every((each) => each.kind === Kind.FIELD && ABOUT_SCHEMA.has(each.name.value));
}
