import {
  type FieldNode,
  getNullableType,
  type GraphQLArgument,
  type GraphQLField,
  isListType,
  Kind,
  valueFromASTUntyped,
} from 'graphql';
import type { Cost, Variables } from './cost.js';
import { directiveAt } from './schema-directive.js';

/** Assumed size of a list without `@listSize`. */
const ASSUMED_SIZE = 5;

/** Size that a connection field gives to the lists below it. */
export interface SizedLists {
  readonly names: readonly unknown[];
  readonly size: Cost;
}

/** Returns how often the selection of a field occurs. `around` is the sizing of the enclosing field. */
export function timesBelow(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  around: SizedLists | null,
  defaults: Variables,
): Cost {
  if (!isListType(getNullableType(field.type))) return 1;
  if (around?.names.includes(field.name)) return around.size;
  const stated = directiveAt(field, 'listSize');
  if (stated) return statedSize(node, field, stated, defaults);
  // A list selected by a list, such as `nodes(ids:)`, has the same length.
  const asked = field.args.find(({ type }) => isListType(getNullableType(type)));
  return (asked && argumentSize(node, asked, defaults)) ?? ASSUMED_SIZE;
}

/** Returns the lists that a field sizes by `@listSize(sizedFields:)`. */
export function sizedLists(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  defaults: Variables,
): SizedLists | null {
  const stated = directiveAt(field, 'listSize');
  const names = stated?.['sizedFields'];
  return stated && Array.isArray(names) ? { names, size: statedSize(node, field, stated, defaults) } : null;
}

function statedSize(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  { slicingArguments, assumedSize }: Readonly<Record<string, unknown>>,
  defaults: Variables,
): Cost {
  const slicing = field.args.find(({ name }) => Array.isArray(slicingArguments) && slicingArguments.includes(name));
  return (slicing && argumentSize(node, slicing, defaults)) ?? sizeOf(assumedSize) ?? ASSUMED_SIZE;
}

/** Returns the value of a size argument; null when neither the operation nor the schema gives one. */
function argumentSize(node: FieldNode, { name, defaultValue }: GraphQLArgument, defaults: Variables): Cost | null {
  const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
  if (given?.kind !== Kind.VARIABLE) return sizeOf(given ? valueFromASTUntyped(given) : defaultValue);
  const variable = given.name.value;
  const fallback = sizeOf(defaults[variable] ?? defaultValue) ?? ASSUMED_SIZE;
  // Own properties only: a variable may be called `constructor`.
  return (variables) => (Object.hasOwn(variables, variable) ? sizeOf(variables[variable]) : null) ?? fallback;
}

function sizeOf(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.length;
  return typeof value === 'number' ? Math.max(0, value) : 1;
}
