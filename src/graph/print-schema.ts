import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { lexicographicSortSchema, type GraphQLSchema } from 'graphql';

const PREAMBLE = `# Emitted by \`npm run schema\`; edit the classes instead.

extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@key", "@listSize", "@shareable"])

"""Declared because Apollo composition does not know it by itself yet."""
directive @oneOf on INPUT_OBJECT
`;

/** The schema as text: sorted, so that its diff shows what changed and nothing else. */
export function printGraphSchema(schema: GraphQLSchema): string {
  return `${PREAMBLE}\n${printSchemaWithDirectives(lexicographicSortSchema(schema))}\n`;
}
