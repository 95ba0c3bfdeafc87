import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type FieldNode,
  type GraphQLResolveInfo,
  type SelectionNode,
} from 'graphql';

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

/** Collects fields, following each fragment once because fragments may spread each other exponentially. */
function fieldsIn(
  selections: readonly SelectionNode[],
  info: GraphQLResolveInfo,
  spread: Set<string>,
): readonly FieldNode[] {
  return selections
    .filter((selection) => isIncluded(selection, info))
    .flatMap((selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return [selection];
        case Kind.INLINE_FRAGMENT:
          return fieldsIn(selection.selectionSet.selections, info, spread);
        case Kind.FRAGMENT_SPREAD: {
          const { value: name } = selection.name;
          if (spread.has(name)) return [];
          spread.add(name);
          return fieldsIn(info.fragments[name]?.selectionSet.selections ?? [], info, spread);
        }
      }
    });
}

function isIncluded(selection: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean {
  if (!selection.directives?.length) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues);
  return skip?.['if'] !== true && include?.['if'] !== false;
}
