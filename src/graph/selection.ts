import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  type InlineFragmentNode,
  type FragmentDefinitionNode,
  isAbstractType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLResolveInfo,
  type SelectionNode,
} from 'graphql';

/** Returns the names of the fields that the query selects on values of an object type below this field. */
export type SelectedFields = (type: string) => ReadonlySet<string>;

/** Reads the selection below a field of an abstract type. */
export function selectedFields(info: GraphQLResolveInfo): SelectedFields {
  return (type) =>
    new Set(
      info.fieldNodes
        .flatMap((field) => fieldsIn(field.selectionSet?.selections ?? [], info, new Set(), type))
        .map(({ name }) => name.value),
    );
}

/**
 * Returns whether the query selects a field below this connection. `path` names fields, not aliases, and each is searched
 * in the entries (`nodes`, `edges.node`) of the connection before it.
 */
export function selectsInConnection(info: GraphQLResolveInfo, path: readonly string[]): boolean {
  let fields: readonly FieldNode[] = info.fieldNodes;
  for (const name of path) {
    const entries = [
      ...childrenOf(fields, 'nodes', info),
      ...childrenOf(childrenOf(fields, 'edges', info), 'node', info),
    ];
    fields = childrenOf(entries, name, info);
  }
  return fields.length > 0;
}

function childrenOf(parents: readonly FieldNode[], name: string, info: GraphQLResolveInfo): readonly FieldNode[] {
  const spread = new Set<string>();
  return parents
    .flatMap((parent) => fieldsIn(parent.selectionSet?.selections ?? [], info, spread))
    .filter((field) => field.name.value === name);
}

/**
 * Collects fields, following each fragment once because fragments may spread each other exponentially. Skips fragments that
 * do not apply to `type`, where it is given.
 */
function fieldsIn(
  selections: readonly SelectionNode[],
  info: GraphQLResolveInfo,
  spread: Set<string>,
  type: string | null = null,
): readonly FieldNode[] {
  const within = (fragment: InlineFragmentNode | FragmentDefinitionNode | undefined) =>
    fragment && applies(fragment, type, info) ? fieldsIn(fragment.selectionSet.selections, info, spread, type) : [];
  return selections
    .filter((selection) => isIncluded(selection, info))
    .flatMap((selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return [selection];
        case Kind.INLINE_FRAGMENT:
          return within(selection);
        case Kind.FRAGMENT_SPREAD: {
          const { value: name } = selection.name;
          if (spread.has(name)) return [];
          spread.add(name);
          return within(info.fragments[name]);
        }
      }
    });
}

function applies(
  { typeCondition }: InlineFragmentNode | FragmentDefinitionNode,
  type: string | null,
  { schema }: GraphQLResolveInfo,
): boolean {
  if (type === null || !typeCondition || typeCondition.name.value === type) return true;
  const [condition, object] = [schema.getType(typeCondition.name.value), schema.getType(type)];
  return isAbstractType(condition) && isObjectType(object) && schema.isSubType(condition, object);
}

function isIncluded(selection: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean {
  if (!selection.directives?.length) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues);
  return skip?.['if'] !== true && include?.['if'] !== false;
}
