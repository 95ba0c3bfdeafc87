import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isObjectType,
} from 'graphql';

/** Below that the same fields of the same types come again. */
const MAX_DEPTH = 6;

/** One field of the widest selection there is below a root field. */
export interface PlannedField {
  /** `Query.node<Order>.lineItems.nodes` */
  readonly path: string;
  readonly responseName: string;
  readonly name: string;
  /** The type that has it, where it is selected from several. */
  readonly on: string | null;
  readonly returns: string;
  readonly args: readonly PlannedArgument[];
  readonly fields: readonly PlannedField[];
}

export interface PlannedArgument {
  readonly argument: GraphQLArgument;
  /** `Query.order.id` */
  readonly coordinate: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly variable: string;
}

/** Everything below a field of the root: where a type comes again below itself, only its own values are selected. */
export function planRootField(schema: GraphQLSchema, root: GraphQLObjectType, name: string): PlannedField {
  const field = root.getFields()[name];
  if (!field) throw new TypeError(`${root.name} has no field ${name}`);
  let variables = 0;

  function plan(owner: GraphQLNamedType, of: GraphQLField<unknown, unknown>, at: Place): PlannedField {
    const path = `${at.path}.${of.name}`;
    const returned = getNamedType(of.type);
    return {
      path,
      responseName: at.on === null ? of.name : `${at.on}__${of.name}`,
      name: of.name,
      on: at.on,
      returns: returned.name,
      args: of.args.map((argument) => ({
        argument,
        coordinate: `${owner.name}.${of.name}.${argument.name}`,
        field: of,
        variable: `v${(variables += 1)}`,
      })),
      fields: isLeafType(returned) ? [] : select(returned, { ...at, path, on: null, depth: at.depth + 1 }),
    };
  }

  function select(type: GraphQLNamedType, at: Place): readonly PlannedField[] {
    if (isAbstractType(type)) {
      return schema
        .getPossibleTypes(type)
        .flatMap((possible) => select(possible, { ...at, path: `${at.path}<${possible.name}>`, on: possible.name }));
    }
    if (!isObjectType(type)) return [];
    const isAgain = at.above.includes(type.name) || at.depth > MAX_DEPTH;
    return Object.values(type.getFields())
      .filter((each) => isLeafType(getNamedType(each.type)) || !isAgain)
      .map((each) => plan(type, each, { ...at, above: [...at.above, type.name] }))
      .filter(({ returns, fields }) => fields.length > 0 || isLeafType(schema.getType(returns)));
  }

  return plan(root, field, { path: root.name, on: null, above: [], depth: 0 });
}

interface Place {
  readonly path: string;
  readonly on: string | null;
  readonly above: readonly string[];
  readonly depth: number;
}

/** The same field, of whose several types only one is selected. */
export function narrowedTo(field: PlannedField, type: string): PlannedField {
  const own = field.fields.filter(({ on }) => on === type);
  return own.length > 0 ? { ...field, fields: own } : field;
}

const knownArguments = new WeakMap<PlannedField, readonly PlannedArgument[]>();

/** Lists the arguments of a field and of all fields below it. */
export function argumentsOf(field: PlannedField): readonly PlannedArgument[] {
  const known = knownArguments.get(field) ?? [...field.args, ...field.fields.flatMap(argumentsOf)];
  knownArguments.set(field, known);
  return known;
}

/** The document that selects a planned field, with those of its arguments that have a value. */
export function documentOf(
  kind: 'query' | 'mutation' | 'subscription',
  field: PlannedField,
  given: ReadonlySet<string>,
): string {
  const definitions = argumentsOf(field)
    .filter(({ variable }) => given.has(variable))
    .map(({ variable, argument }) => `$${variable}: ${String(argument.type)}`);
  return `${kind} Walk${inBrackets(definitions)} { ${printField(field, given)} }`;
}

function printField(field: PlannedField, given: ReadonlySet<string>): string {
  const { responseName, name, args, fields } = field;
  const values = args.flatMap(({ argument, variable }) =>
    given.has(variable) ? [`${argument.name}: $${variable}`] : [],
  );
  const alias = responseName === name ? '' : `${responseName}: `;
  return `${alias}${name}${inBrackets(values)}${fields.length > 0 ? ` { __typename ${printFields(fields, given)} }` : ''}`;
}

function printFields(fields: readonly PlannedField[], given: ReadonlySet<string>): string {
  const types = [...new Set(fields.map(({ on }) => on))];
  return types
    .map((type) => {
      const own = fields.filter(({ on }) => on === type).map((field) => printField(field, given));
      return type === null ? own.join(' ') : `... on ${type} { ${own.join(' ')} }`;
    })
    .join(' ');
}

function inBrackets(parts: readonly string[]): string {
  return parts.length > 0 ? `(${parts.join(', ')})` : '';
}

/** The paths at which an answer can have an object, the type added where several are possible. */
export function objectPathsIn(schema: GraphQLSchema, field: PlannedField): readonly (readonly [string, string])[] {
  const type = schema.getType(field.returns);
  const own: (readonly [string, string])[] = isAbstractType(type)
    ? schema.getPossibleTypes(type).map(({ name }) => [`${field.path}<${name}>`, name] as const)
    : isObjectType(type)
      ? [[field.path, type.name]]
      : [];
  return [...own, ...field.fields.flatMap((each) => objectPathsIn(schema, each))];
}

/** Those of these paths at which this answer has one. */
export function filledPaths(schema: GraphQLSchema, field: PlannedField, value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each: unknown) => filledPaths(schema, field, each));
  if (typeof value !== 'object' || value === null) return [];
  const object: Readonly<Record<string, unknown>> = { ...value };
  const typename = String(object['__typename']);
  const isOneOfSeveral = isAbstractType(schema.getType(field.returns));
  return [
    isOneOfSeveral ? `${field.path}<${typename}>` : field.path,
    ...field.fields
      .filter(({ on }) => on === null || on === typename)
      .flatMap((each) => filledPaths(schema, each, object[each.responseName])),
  ];
}
