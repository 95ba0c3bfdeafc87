import {
  type ASTVisitor,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationRule,
} from 'graphql';
import type { Limits } from '../../config/limits.js';

export type ShapeLimits = Pick<Limits, 'depth' | 'breadth' | 'fields' | 'aliases' | 'directives'>;
export type ShapeLimit = keyof ShapeLimits;

/**
 * Returns the first limit that an operation exceeds with its fragments expanded; null when there is none. Stops counting
 * at the limits, so that a small document of nested fragments stays cheap.
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
  /** Names of the fragments that enclose the current selection. */
  private readonly around = new Set<string>();
  private isCyclic = false;

  constructor(
    private readonly limits: ShapeLimits,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {}

  /** Counts the fields of one level of the result, and those below. */
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
          // The usual introspection query is deep, and graphql-js has a rule of its own for it.
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
    // Validation rejects the cycle; counting it would not end.
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

const code: Readonly<Record<ShapeLimit, string>> = {
  depth: 'DEPTH_LIMIT_EXCEEDED',
  breadth: 'BREADTH_LIMIT_EXCEEDED',
  fields: 'FIELD_LIMIT_EXCEEDED',
  aliases: 'ALIAS_LIMIT_EXCEEDED',
  directives: 'DIRECTIVE_LIMIT_EXCEEDED',
};

const describe: Readonly<Record<ShapeLimit, (limit: number) => string>> = {
  depth: (limit) => `The operation is nested deeper than ${limit} levels.`,
  breadth: (limit) => `The operation asks for more than ${limit} fields of one object.`,
  fields: (limit) => `The operation asks for more than ${limit} fields.`,
  aliases: (limit) => `The operation has more than ${limit} aliases.`,
  directives: (limit) => `The operation has more than ${limit} directives.`,
};

/**
 * Rejects a document that exceeds a limit, once per document because Apollo Server caches validated ones. Hides a rejected
 * document from the other rules, some of which take quadratic time.
 */
export function limitShape(limits: ShapeLimits): ValidationRule {
  return (context): ASTVisitor => ({
    Document(document) {
      const excess = findExcess(document, limits);
      if (!excess) return undefined;
      context.reportError(
        new GraphQLError(describe[excess](limits[excess]), { extensions: { validationErrorCode: code[excess] } }),
      );
      return { kind: Kind.DOCUMENT, definitions: [] };
    },
  });
}
