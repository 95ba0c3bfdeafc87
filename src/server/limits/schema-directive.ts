import { type ConstDirectiveNode, type GraphQLNamedType, valueFromASTUntyped } from 'graphql';

interface Defined {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;
}

/** Returns the arguments of a directive in the schema; null where it is absent. */
export function directiveAt(
  definition: Defined | GraphQLNamedType,
  name: string,
): Readonly<Record<string, unknown>> | null {
  const directive = definition.astNode?.directives?.find((each) => each.name.value === name);
  if (!directive) return null;
  return Object.fromEntries(
    (directive.arguments ?? []).map((each) => [each.name.value, valueFromASTUntyped(each.value)]),
  );
}
