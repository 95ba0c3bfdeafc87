import plugin, { configs, parser } from '@graphql-eslint/eslint-plugin';

const rules = {
  ...configs['flat/schema-all'].rules,
  ...configs['flat/schema-relay'].rules,

  '@graphql-eslint/require-description': [
    'error',
    {
      types: true,
      rootField: true,
      DirectiveDefinition: true,
      FieldDefinition: true,
      InputValueDefinition: true,
      EnumValueDefinition: true,
    },
  ],

  // Forward only: what several providers list has no end to count back from.
  '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],

  // Connections are for what is paged; a few reasons, steps or errors are a plain list.
  '@graphql-eslint/relay-edge-types': [
    'error',
    { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false },
  ],

  // What has an identity implements Node, which asks for the ID. Amounts, moments, reasons and payloads are values.
  '@graphql-eslint/strict-id-in-types': 'off',

  // The file is emitted sorted, and a test compares it.
  '@graphql-eslint/alphabetize': 'off',

  // Writes are what the graph is for.
  '@graphql-eslint/no-root-type': 'off',

  // A payload and a list are always given: what went wrong stands in them, as `errors` and `sources`.
  '@graphql-eslint/require-nullable-result-in-root': 'off',

  // A payload holds what the write changed, read back after it; the rest of the graph is as it was.
  '@graphql-eslint/require-field-of-type-query-in-mutation-result': 'off',
};

/** One configuration for all files: the plugin reads it once a run. */
const graphQLConfig = {
  projects: {
    api: { schema: 'schema/schema.graphql', documents: 'schema/operations/*.graphql' },
    subgraph: { schema: ['schema/subgraph.graphql', 'tools/federation-directives.graphql'] },
  },
};

/** Only GraphQL: the code is for oxlint. */
export default [
  {
    files: ['schema/schema.graphql', 'schema/subgraph.graphql'],
    languageOptions: { parser, parserOptions: { graphQLConfig } },
    plugins: { '@graphql-eslint': plugin },
    rules,
  },
  {
    files: ['schema/operations/*.graphql'],
    languageOptions: { parser, parserOptions: { graphQLConfig } },
    plugins: { '@graphql-eslint': plugin },
    rules: configs['flat/operations-recommended'].rules,
  },
];
