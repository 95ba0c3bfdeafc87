import { DirectiveLocation, GraphQLDirective, GraphQLInt, GraphQLList, GraphQLNonNull } from 'graphql';
import { Directive } from 'type-graphql';

/**
 * Directive as declared by Relay and Apollo's nullability specification: clients that support it type the field as
 * non-null, while a failure nulls only the field.
 */
export const SEMANTIC_NON_NULL = new GraphQLDirective({
  name: 'semanticNonNull',
  description:
    'The field is null only together with an entry in `errors`. `levels` counts into lists: 0 is the field itself, 1 its entries.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    levels: {
      type: new GraphQLList(new GraphQLNonNull(GraphQLInt)),
      defaultValue: [0],
      description: 'Where null needs an error: 0 is the field itself, 1 its entries.',
    },
  },
});

/** Marks a nullable field that is null only on an error. */
export function NullOnlyOnError() {
  return Directive('@semanticNonNull');
}
