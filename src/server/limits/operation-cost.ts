import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import type { ResolvedOperation } from '../executor/resolve-operation.js';
import { type Cost, costIn, sum, times, type Variables } from './cost.js';
import { sizedLists, type SizedLists, timesBelow } from './list-size.js';
import { directiveAt } from './schema-directive.js';

/**
 * Computes the cost of an operation from `@cost` and `@listSize`: the weight of each field plus its selection, times the
 * size of its list. Expects a valid document within the shape limits.
 */
export function costOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Cost {
  const root = schema.getRootType(operation.operation) ?? undefined;
  return new CostSum(schema, fragmentsOf(document), defaultsOf(operation)).ofSelections(
    operation.selectionSet,
    root,
    null,
  );
}

class CostSum {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly defaults: Variables,
  ) {}

  ofSelections(set: SelectionSetNode, type: GraphQLNamedType | undefined, around: SizedLists | null): Cost {
    return sum(set.selections.map((selection) => this.ofSelection(selection, type, around)));
  }

  /** Counts the selections for all types, although a record has only one. */
  private ofSelection(node: SelectionNode, type: GraphQLNamedType | undefined, around: SizedLists | null): Cost {
    switch (node.kind) {
      case Kind.FIELD:
        return this.ofField(node, type, around);
      case Kind.INLINE_FRAGMENT:
        return this.ofSelections(node.selectionSet, this.typeNamed(node.typeCondition?.name.value) ?? type, around);
      case Kind.FRAGMENT_SPREAD: {
        const fragment = this.fragments.get(node.name.value);
        if (!fragment) return 0;
        return this.ofSelections(fragment.selectionSet, this.typeNamed(fragment.typeCondition.name.value), around);
      }
    }
  }

  private ofField(node: FieldNode, type: GraphQLNamedType | undefined, around: SizedLists | null): Cost {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    // Introspection calls no provider.
    if (!field) return 0;
    const result = getNamedType(field.type);
    const below = node.selectionSet
      ? this.ofSelections(node.selectionSet, result, sizedLists(node, field, this.defaults))
      : 0;
    return times(timesBelow(node, field, around, this.defaults), sum([weightOf(field, result), below]));
  }

  private typeNamed(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.schema.getType(name);
  }
}

/** Returns the weight of a field. Without `@cost`, an object counts as one, a scalar as zero. */
function weightOf(field: GraphQLField<unknown, unknown>, result: GraphQLNamedType): number {
  const weight = directiveAt(field, 'cost')?.['weight'] ?? directiveAt(result, 'cost')?.['weight'];
  return typeof weight === 'number' ? weight : Number(isCompositeType(result));
}

function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && valueFromASTUntyped(defaultValue),
    ]),
  );
}

/** Rejects an operation above the limit. Computes its cost once, as a function of the list sizes in its variables. */
export function limitCost(limit: number) {
  const costs = new WeakMap<OperationDefinitionNode, Cost>();
  return (schema: GraphQLSchema, { document, operation, variables }: ResolvedOperation): void => {
    const cost = costs.get(operation) ?? costOf(schema, document, operation);
    costs.set(operation, cost);
    if (costIn(variables, cost) <= limit) return;
    throw new GraphQLError(`The operation costs more than ${limit}. Request fewer records at a time.`, {
      extensions: { code: 'COST_LIMIT_EXCEEDED', http: { status: 400 } },
    });
  };
}
