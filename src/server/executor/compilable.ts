import {
  BREAK,
  type DocumentNode,
  doTypesOverlap,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  typeFromAST,
  visit,
} from 'graphql';

/**
 * Limit of compiled selections, with fragments expanded and abstract types counted once per possible type. Compiling blocks
 * the event loop for up to a tenth of a millisecond per selection.
 */
export const MAX_COMPILED_SELECTIONS = 250;

/** Returns the operation of a document that can be compiled; null where graphql-js is preferable, see decision 0008. */
export function compilableOperation(schema: GraphQLSchema, document: DocumentNode): OperationDefinitionNode | null {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [operation, ...others] = operations;
  // Writes are rare and dominated by provider calls.
  if (!operation || others.length > 0 || operation.operation !== OperationTypeNode.QUERY) return null;
  const fragments = fragmentsOf(document);
  if (!isSmall(schema, operation, fragments) || takesRecursiveInput(schema, operation)) return null;
  if (holdsWhatIsCompiledDifferently(document)) return null;
  return repeatsConditionalField([operation.selectionSet], fragments) ? null : operation;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function fragmentsOf({ definitions }: DocumentNode): Fragments {
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

/** Counts selections up to the limit, so that nested fragments stay cheap. */
function isSmall(schema: GraphQLSchema, operation: OperationDefinitionNode, fragments: Fragments): boolean {
  const root = schema.getRootType(operation.operation);
  let left = MAX_COMPILED_SELECTIONS;

  function fragmentOf(selection: FragmentSpreadNode | InlineFragmentNode) {
    return selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
  }

  /** Visits each fragment once, whatever its type. */
  function countWritten({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (left < 0) return;
      left -= 1;
      const below = selection.kind === Kind.FIELD ? selection : fragmentOf(selection);
      if (below?.selectionSet) countWritten(below.selectionSet);
    }
  }

  function countCompiled(set: SelectionSetNode, type: GraphQLCompositeType): void {
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type)) countCompiled(set, possible);
      return;
    }
    for (const selection of set.selections) {
      if (left < 0) return;
      left -= 1;
      if (selection.kind === Kind.FIELD) {
        const below = namedTypeOf(type.getFields()[selection.name.value]?.type);
        if (selection.selectionSet && isCompositeType(below)) countCompiled(selection.selectionSet, below);
        continue;
      }
      const fragment = fragmentOf(selection);
      const condition = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (fragment && isCompositeType(condition) && doTypesOverlap(schema, condition, type)) {
        countCompiled(fragment.selectionSet, type);
      }
    }
  }

  countWritten(operation.selectionSet);
  if (left < 0 || !root) return false;
  left = MAX_COMPILED_SELECTIONS;
  countCompiled(operation.selectionSet, root);
  return left >= 0;
}

function namedTypeOf(type: GraphQLOutputType | undefined): GraphQLNamedType | undefined {
  return type && getNamedType(type);
}

/** Detects recursive input types, whose compilation would not end. */
function takesRecursiveInput(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode): boolean {
  return variableDefinitions.some(({ type }) => holdsItself(getNamedType(typeFromAST(schema, type)), new Set()));
}

function holdsItself(type: GraphQLNamedType | undefined, around: ReadonlySet<GraphQLNamedType>): boolean {
  if (!isInputObjectType(type)) return false;
  if (around.has(type)) return true;
  const within = new Set(around).add(type);
  return Object.values(type.getFields()).some((field) => holdsItself(getNamedType(field.type), within));
}

function holdsWhatIsCompiledDifferently(document: DocumentNode): boolean {
  let found = false;
  const stop = () => {
    found = true;
    return BREAK;
  };
  const stopAtCondition = ({ directives = [] }: { readonly directives?: readonly unknown[] }) =>
    directives.length > 0 ? stop() : undefined;
  visit(document, {
    InlineFragment: stopAtCondition,
    FragmentSpread: stopAtCondition,
    Field: (field) => (isOfTheLanguage(field) ? stop() : undefined),
    Variable: (_node, _key, parent) => (isInsideLiteral(parent) ? stop() : undefined),
  });
  return found;
}

/** Detects introspection, and aliases such as `__proto__`. */
function isOfTheLanguage({ name, alias = name }: FieldNode): boolean {
  return [name.value, alias.value].some((word) => word.startsWith('__') && word !== '__typename');
}

/** Detects a variable as the value of an argument, or within one. */
function isInsideLiteral(parent: unknown): boolean {
  return (
    Array.isArray(parent) ||
    (typeof parent === 'object' && parent !== null && 'kind' in parent && parent.kind === Kind.OBJECT_FIELD)
  );
}

/** Detects fields that share a response key under different conditions: the compiler applies one condition to all. */
function repeatsConditionalField(sets: readonly SelectionSetNode[], fragments: Fragments): boolean {
  for (const fields of fieldsByKey(sets, fragments).values()) {
    if (fields.length > 1 && fields.some(({ directives = [] }) => directives.length > 0)) return true;
    const below = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (below.length > 0 && repeatsConditionalField(below, fragments)) return true;
  }
  return false;
}

function fieldsByKey(sets: readonly SelectionSetNode[], fragments: Fragments): ReadonlyMap<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  function collect({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        fields.set(key, [...(fields.get(key) ?? []), selection]);
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (fragment) collect(fragment.selectionSet);
    }
  }
  for (const set of sets) collect(set);
  return fields;
}
