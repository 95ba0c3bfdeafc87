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

/** What a list is taken to hold when the schema says nothing of its size. */
const ASSUMED_SIZE = 5;

/** The size a field of a connection gives to the lists in it. */
export interface SizedLists {
  readonly names: readonly unknown[];
  readonly size: Cost;
}

/** How often what stands below a field is there. `around`: of the field it stands in. */
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
  // A list that answers a list, such as `nodes(ids:)`, is as long.
  const asked = field.args.find(({ type }) => isListType(getNullableType(type)));
  return (asked && argumentSize(node, asked, defaults)) ?? ASSUMED_SIZE;
}

/** The lists a field sizes by its `@listSize(sizedFields:)`. */
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

/** Null when neither the operation nor the schema gives the argument a value. */
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
