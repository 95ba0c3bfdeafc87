import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import type { Limits } from '../../config/limits.js';

export type ShapeLimits = Pick<Limits, 'depth' | 'breadth' | 'fields' | 'aliases' | 'directives'>;
export type ShapeLimit = keyof ShapeLimits;

/**
 * The first limit that an operation of the document goes beyond, its fragments spread; null when there is none. It
 * counts no further than the limits, so that a small document of fragments within fragments costs no time either.
 */
export function findExcess(document: DocumentNode, limits: ShapeLimits): ShapeLimit | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const count = new ShapeCount(limits, fragments);
    count.directives(definition);
    for (const variable of definition.variableDefinitions ?? []) count.directives(variable);
    count.level(definition.selectionSet, 1);
    if (count.excess) return count.excess;
  }
  return null;
}

interface Directed {
  readonly directives?: readonly unknown[] | undefined;
}

class ShapeCount {
  excess: ShapeLimit | null = null;
  private fieldCount = 0;
  private aliasCount = 0;
  private directiveCount = 0;
  /** Names of the fragments around the current selection. */
  private readonly around = new Set<string>();
  private isCyclic = false;

  constructor(
    private readonly limits: ShapeLimits,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {}

  /** Counts the fields at one level of the result, and those below. */
  level(set: SelectionSetNode, depth: number): void {
    if (depth > this.limits.depth) this.excess ??= 'depth';
    else this.selections(set, depth, { breadth: 0 });
  }

  directives({ directives = [] }: Directed): void {
    this.directiveCount += directives.length;
    if (this.directiveCount > this.limits.directives) this.excess ??= 'directives';
  }

  private selections(set: SelectionSetNode, depth: number, level: { breadth: number }): void {
    for (const selection of set.selections) {
      if (this.excess || this.isCyclic) return;
      this.directives(selection);
      switch (selection.kind) {
        case Kind.FIELD:
          this.field((level.breadth += 1), selection.alias !== undefined);
          // The usual introspection query is deep, and graphql has a rule of its own for it.
          if (selection.selectionSet)
            this.level(selection.selectionSet, isIntrospection(selection) ? -Infinity : depth + 1);
          break;
        case Kind.INLINE_FRAGMENT:
          this.selections(selection.selectionSet, depth, level);
          break;
        case Kind.FRAGMENT_SPREAD:
          this.spread(selection.name.value, depth, level);
      }
    }
  }

  private field(breadth: number, hasAlias: boolean): void {
    this.fieldCount += 1;
    if (hasAlias) this.aliasCount += 1;
    if (breadth > this.limits.breadth) this.excess ??= 'breadth';
    if (this.fieldCount > this.limits.fields) this.excess ??= 'fields';
    if (this.aliasCount > this.limits.aliases) this.excess ??= 'aliases';
  }

  private spread(name: string, depth: number, level: { breadth: number }): void {
    const fragment = this.fragments.get(name);
    if (!fragment) return;
    // Validation refuses a cycle; there is no end to count to.
    if (this.around.has(name)) this.isCyclic = true;
    this.around.add(name);
    this.directives(fragment);
    this.selections(fragment.selectionSet, depth, level);
    this.around.delete(name);
  }
}

function isIntrospection({ name }: { readonly name: { readonly value: string } }): boolean {
  return name.value === '__schema' || name.value === '__type';
}
