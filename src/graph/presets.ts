import {
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isListType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql';

/** Renders the settings of client tools that follow from the schema, as files by name. */
export function presetsOf(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const objects = types.filter(isObjectType).filter((type) => !isRoot(schema, type));
  const scalars = types
    .filter((type) => isScalarType(type) && !isSpecifiedScalarType(type))
    .map(({ name }) => name)
    .sort();
  const valueTypes = objects.filter((type) => !type.getFields()['id']).map(({ name }) => name);
  const possibleTypes = Object.fromEntries(
    types.filter(isAbstractType).map((type) => [
      type.name,
      schema
        .getPossibleTypes(type)
        .map(({ name }) => name)
        .sort(),
    ]),
  );
  return new Map([
    ['codegen-scalars.json', json(pick(scalars, ({ type }) => type))],
    ['possible-types.json', json(possibleTypes)],
    ['apollo-type-policies.js', apolloTypePolicies(schema, objects)],
    [
      'apollo-type-policies.d.ts',
      module('import type { TypePolicies } from "@apollo/client";\n\nexport declare const typePolicies: TypePolicies;'),
    ],
    [
      'graphcache-keys.js',
      module(
        `/** For \`keys\` of urql's graphcache: values without an identity are kept inside what they belong to. */\nconst embedded = () => null;\n\nexport const keys = {\n${valueTypes.map((name) => `  ${name}: embedded,`).join('\n')}\n};`,
      ),
    ],
    ['graphcache-keys.d.ts', module('export declare const keys: Record<string, () => null>;')],
    [
      'scalar-mocks.js',
      module(
        `/** For \`mocks\` of @graphql-tools/mock. */\nexport const scalarMocks = {\n${scalars.map((name) => `  ${name}: () => ${scalarOf(name).mock},`).join('\n')}\n};`,
      ),
    ],
    ['scalar-mocks.d.ts', module('export declare const scalarMocks: Record<string, () => unknown>;')],
  ]);
}

interface ScalarPreset {
  /** Type in TypeScript, as it comes over the wire. */
  readonly type: string;
  /** A value, as source text. */
  readonly mock: string;
}

const scalarPresets: Readonly<Record<string, ScalarPreset>> = {
  CurrencyCode: { type: 'string', mock: '"USD"' },
  DateTime: { type: 'string', mock: '"2026-01-31T12:00:00.000Z"' },
  Decimal: { type: 'string', mock: '"24.00"' },
  JSON: { type: 'unknown', mock: '({})' },
  LocalDate: { type: 'string', mock: '"2026-01-31"' },
};

function scalarOf(name: string): ScalarPreset {
  const preset = scalarPresets[name];
  if (!preset) throw new TypeError(`the scalar ${name} has no preset`);
  return preset;
}

function pick(names: readonly string[], part: (preset: ScalarPreset) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, part(scalarOf(name))]));
}

/**
 * Renders the policies of Apollo Client, which replaces an object without an ID when another query selects other fields
 * of it; `merge` keeps both. Pages of a connection are joined, `nodes` and `edges` alike.
 */
function apolloTypePolicies(schema: GraphQLSchema, objects: readonly GraphQLObjectType[]): string {
  const query = schema.getQueryType();
  const owners = [...(query ? [query] : []), ...objects.filter((type) => type.getFields()['id'])];
  const values = new Set(
    owners
      .flatMap((type) => Object.values(type.getFields()))
      .filter((field) => !isConnection(field) && !isListType(getNullableType(field.type)))
      .map((field) => getNamedType(field.type))
      .filter((type) => isObjectType(type) && !type.getFields()['id'])
      .map(({ name }) => name),
  );
  const policies = [...owners, ...objects]
    .filter((type, index, all) => all.indexOf(type) === index)
    .flatMap((type) => {
      const paged = Object.values(type.getFields()).filter(isConnection);
      const lines = [
        ...(values.has(type.name) ? ['merge: true'] : []),
        ...(paged.length > 0 ? [`fields: { ${paged.map(pagedField).join(', ')} }`] : []),
      ];
      return lines.length > 0 ? [`  ${type.name}: { ${lines.join(', ')} },`] : [];
    })
    .sort();
  return module(`/** For \`typePolicies\` of Apollo Client's InMemoryCache. */
export const typePolicies = {
${policies.join('\n')}
};

/** Joins the pages of a connection, and tells lists apart by the arguments that choose what is in them. */
function paged(keyArgs) {
  return {
    keyArgs,
    merge(existing, incoming, { args }) {
      if (!existing || !args?.after) return { ...existing, ...incoming };
      const joined = (part) => (incoming[part] ? { [part]: [...(existing[part] ?? []), ...incoming[part]] } : {});
      return { ...existing, ...incoming, ...joined("nodes"), ...joined("edges") };
    },
  };
}`);
}

function pagedField({ name, args }: GraphQLField<unknown, unknown>): string {
  const keyArgs = args.map((argument) => argument.name).filter((argument) => !['first', 'after'].includes(argument));
  return `${name}: paged(${JSON.stringify(keyArgs)})`;
}

function isConnection({ type, args }: GraphQLField<unknown, unknown>): boolean {
  return getNamedType(type).name.endsWith('Connection') && args.some(({ name }) => name === 'after');
}

function isRoot(schema: GraphQLSchema, type: GraphQLObjectType): boolean {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function module(source: string): string {
  return `// Emitted by \`npm run schema\`; edit src/graph/presets.ts instead.\n\n${source}\n`;
}
