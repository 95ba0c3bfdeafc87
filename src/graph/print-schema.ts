import { getDocumentNodeFromSchema, MapperKind, mapSchema, pruneSchema } from '@graphql-tools/utils';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  visit,
} from 'graphql';

/** Definition of `@oneOf`, which Apollo's composition does not include yet. */
const ONE_OF = parse('"""Exactly one field of the input is given.""" directive @oneOf on INPUT_OBJECT').definitions;

const HEADER = '# Emitted by `npm run schema`; edit the classes instead.';

/** Prints the schema for clients: as introspection shows it, plus the directives read by client tools. */
export function printApiSchema(schema: GraphQLSchema): string {
  return textOf(
    visit(documentOf(schema), {
      Directive: ({ name }) => (CLIENT_DIRECTIVES.has(name.value) ? undefined : null),
    }),
  );
}

const CLIENT_DIRECTIVES: ReadonlySet<string> = new Set(['deprecated', 'oneOf', 'semanticNonNull', 'specifiedBy']);

/** Prints the schema to compose into a supergraph, which gateways also read from `_service`. */
export function printSubgraphSchema(schema: GraphQLSchema): string {
  const document = documentOf(pruneSchema(withoutSharedRootFields(schema)));
  return textOf({ ...document, definitions: [...ONE_OF, ...document.definitions.map(linked)] });
}

/** Sorts the schema, so that a diff shows only what changed. */
function documentOf(schema: GraphQLSchema): DocumentNode {
  return getDocumentNodeFromSchema(lexicographicSortSchema(schema));
}

function textOf(document: DocumentNode): string {
  return `${HEADER}\n\n${print(document)}\n`;
}

/**
 * A supergraph has these already, or another subgraph will want them, and two subgraphs cannot both resolve one. The server
 * answers them all the same for clients that use it without a gateway.
 */
const SHARED_ROOT_FIELDS: ReadonlySet<string> = new Set(['customer', 'node', 'nodes', 'order', 'viewer']);

function withoutSharedRootFields(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.QUERY_ROOT_FIELD]: (_field, name) => (SHARED_ROOT_FIELDS.has(name) ? null : undefined),
  });
}

const FEDERATION = [
  '@link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@cost", "@key", "@listSize", "@shareable", "@tag"])',
  // Without it composition drops the mark.
  '@link(url: "https://specs.apollo.dev/nullability/v0.4", import: ["@semanticNonNull"])',
  '@composeDirective(name: "@semanticNonNull")',
];

function linked(definition: DocumentNode['definitions'][number]) {
  return definition.kind === Kind.SCHEMA_DEFINITION
    ? { ...definition, directives: FEDERATION.map(toDirective) }
    : definition;
}

function toDirective(text: string): ConstDirectiveNode {
  const [definition] = parse(`extend schema ${text}`).definitions;
  const directive = definition?.kind === Kind.SCHEMA_EXTENSION ? definition.directives?.[0] : undefined;
  if (!directive) throw new TypeError(`this is no directive: ${text}`);
  return directive;
}
