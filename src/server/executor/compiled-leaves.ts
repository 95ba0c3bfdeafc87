import {
  GraphQLList,
  GraphQLNonNull,
  type GraphQLOutputType,
  GraphQLScalarType,
  GraphQLString,
  isListType,
  isNonNullType,
} from 'graphql';

/**
 * The type of a field as compiled operations take it. They hand on texts, flags, enum values and whole
 * numbers as they are: the compiler of TypeScript has seen to those, and reading a provider's answer to the range of a
 * number. To serialize each costs a tenth of a long list.
 */
export function asCompiled(type: GraphQLOutputType): GraphQLOutputType {
  if (isNonNullType(type)) return new GraphQLNonNull(asCompiled(type.ofType));
  if (isListType(type)) return new GraphQLList(asCompiled(type.ofType));
  return type instanceof GraphQLScalarType && type.serialize === String ? GraphQLString : type;
}
