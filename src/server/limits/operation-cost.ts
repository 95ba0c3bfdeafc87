import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
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
import { type Cost, sum, times, type Variables } from './cost.js';
import { sizedLists, type SizedLists, timesBelow } from './list-size.js';
import { directiveAt } from './schema-directive.js';

/**
 * What an operation costs by `@cost` and `@listSize` of the schema: each field its weight and what is selected below
 * it, as many times as its list is long. The document is valid and within the limits of its shape.
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

  /** Selections for different types all count, although a record is of one. */
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
    // What speaks of the schema asks no provider.
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

/** An object counts as one and a scalar as nothing where no `@cost` says otherwise. */
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
