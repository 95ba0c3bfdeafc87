import {
  BREAK,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type InlineFragmentNode,
  type FragmentSpreadNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** With fragments written out. Compiling takes time for each of them, and nothing else runs meanwhile. */
const MAX_SELECTIONS = 1_000;

/** The operation of a document that may be compiled; null where graphql-js runs it better, see `docs/decisions`. */
export function compilableOperation(document: DocumentNode): OperationDefinitionNode | null {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [operation, ...others] = operations;
  // Writes are few and wait for providers anyway.
  if (!operation || others.length > 0 || operation.operation !== OperationTypeNode.QUERY) return null;
  const isSmall = countSelections(operation.selectionSet, fragmentSizes(document)) <= MAX_SELECTIONS;
  return isSmall && !holdsWhatIsCompiledDifferently(document) ? operation : null;
}

/** Counts each fragment once, however often it is spread. */
function fragmentSizes(document: DocumentNode): (name: string) => number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const known = new Map<string, number>();
  return function sizeOf(name) {
    const fragment = fragments.get(name);
    const size = known.get(name) ?? (fragment ? countSelections(fragment.selectionSet, sizeOf) : 0);
    known.set(name, size);
    return size;
  };
}

function countSelections({ selections }: SelectionSetNode, sizeOfFragment: (name: string) => number): number {
  return selections.reduce((size, selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return size + 1 + sizeOfFragment(selection.name.value);
    return size + 1 + (selection.selectionSet ? countSelections(selection.selectionSet, sizeOfFragment) : 0);
  }, 0);
}

function holdsWhatIsCompiledDifferently(document: DocumentNode): boolean {
  let found = false;
  const stop = () => {
    found = true;
    return BREAK;
  };
  const stopAtCondition = ({ directives = [] }: InlineFragmentNode | FragmentSpreadNode) =>
    directives.length > 0 ? stop() : undefined;
  visit(document, {
    InlineFragment: stopAtCondition,
    FragmentSpread: stopAtCondition,
    Field: (field) => (isOfTheLanguage(field) ? stop() : undefined),
    Variable: (_node, _key, parent) => (isInsideLiteral(parent) ? stop() : undefined),
  });
  return found;
}

/** Introspection, and aliases such as `__proto__`. */
function isOfTheLanguage({ name, alias = name }: FieldNode): boolean {
  return [name.value, alias.value].some((word) => word.startsWith('__') && word !== '__typename');
}

/** A variable is the value of an argument or part of one. */
function isInsideLiteral(parent: unknown): boolean {
  return (
    Array.isArray(parent) ||
    (typeof parent === 'object' && parent !== null && 'kind' in parent && parent.kind === Kind.OBJECT_FIELD)
  );
}
