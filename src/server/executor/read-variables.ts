import {
  coerceInputValue,
  getNamedType,
  getNullableType,
  getVariableValues,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isSpecifiedScalarType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';

type Values = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** Maximum number of mistakes described, and of those that graphql-js collects. */
const MAX_ERRORS = 50;

/**
 * Coerces the variables of an operation like graphql-js, whose errors repeat the whole value: with it the payment fields next
 * to a misspelt one. These errors name variable, path and type.
 */
export function readVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  values: Values,
): { readonly coerced: Values; readonly errors?: undefined } | { readonly errors: readonly GraphQLError[] } {
  const read = getVariableValues(schema, variableDefinitions, values, { maxErrors: MAX_ERRORS });
  if (read.coerced) return { coerced: read.coerced };
  const mistakes = variableDefinitions.flatMap((definition) =>
    mistakesIn(definition, typeFromAST(schema, definition.type), values),
  );
  return { errors: mistakes.slice(0, MAX_ERRORS) };
}

function mistakesIn(definition: VariableDefinitionNode, type: unknown, values: Values): readonly GraphQLError[] {
  // Validation has rejected other types.
  if (!isInputType(type)) return [];
  const { name } = definition.variable;
  const at = (text: string) =>
    new GraphQLError(`Variable "$${name.value}" ${text}`, {
      nodes: definition,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  if (!Object.hasOwn(values, name.value)) {
    const isMissing = isNonNullType(type) && !definition.defaultValue;
    return isMissing ? [at(`of required type "${String(type)}" was not provided.`)] : [];
  }
  const mistakes: GraphQLError[] = [];
  coerceInputValue(values[name.value], type, (path, _value, { message }) => {
    const place = path.length === 0 ? '' : ` at "${name.value}${printPath(path)}"`;
    mistakes.push(at(`is invalid${place}: ${withoutValue(message, typeAt(type, path))}`));
  });
  return mistakes;
}

/** Returns what a message of `coerceInputValue` says, without the value it quotes. */
function withoutValue(message: string, type: GraphQLInputType | undefined): string {
  const named = getNamedType(type);
  // Messages of our own scalars are fixed texts; the others quote the value.
  if (isEnumType(named) || (named && isSpecifiedScalarType(named))) {
    return ABOUT_NULL.test(message) ? message : `Expected a value of type "${String(type)}".`;
  }
  if (!isInputObjectType(named)) return message;
  const end = message.lastIndexOf(IS_NOT_DEFINED);
  if (end < 0) return message;
  return (NAMES_FIELD.test(message.slice(0, end)) ? message.slice(0, end) : 'A field') + message.slice(end);
}

const ABOUT_NULL = /^(?:Expected non-nullable type "[\w![\]]+" not to be null|Field "\w+" must be non-null)\.$/;

const IS_NOT_DEFINED = ' is not defined by type "';

/** Matches a key that can be a field's name. Any other key may be a value in the wrong place. */
const NAMES_FIELD = /^Field "[A-Za-z_]\w{0,39}"$/;

function typeAt(type: GraphQLInputType | undefined, [key, ...below]: Path): GraphQLInputType | undefined {
  if (key === undefined) return type;
  if (typeof key === 'number') {
    const list = type && getNullableType(type);
    return typeAt(isListType(list) ? list.ofType : type, below);
  }
  const named = getNamedType(type);
  return isInputObjectType(named) ? typeAt(named.getFields()[key]?.type, below) : undefined;
}

function printPath(path: Path): string {
  return path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
}
