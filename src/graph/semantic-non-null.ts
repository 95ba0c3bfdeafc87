import { DirectiveLocation, GraphQLDirective, GraphQLInt, GraphQLList, GraphQLNonNull } from 'graphql';
import { Directive } from 'type-graphql';

/**
 * Declared like Relay and Apollo's nullability specification do: clients that know it type the field as non-null, while
 * a failure still costs no more than the field.
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

/** Marks a nullable field whose resolver returns null for no other reason than a failure. */
export function NullOnlyOnError() {
  return Directive('@semanticNonNull');
}
