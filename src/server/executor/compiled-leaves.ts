import {
  GraphQLFloat,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLOutputType,
  GraphQLScalarType,
  GraphQLString,
  isListType,
  isNonNullType,
} from 'graphql';

/**
 * The type of a field as compiled operations take it. They hand on texts, flags and enum values as they are, since the
 * compiler of TypeScript has seen to those; to serialize each costs a tenth of a long list. Numbers are still checked:
 * GraphQL has fewer of them than JavaScript.
 */
export function asCompiled(type: GraphQLOutputType): GraphQLOutputType {
  if (isNonNullType(type)) return new GraphQLNonNull(asCompiled(type.ofType));
  if (isListType(type)) return new GraphQLList(asCompiled(type.ofType));
  if (type === GraphQLInt) return checkedInt;
  if (type === GraphQLFloat) return checkedFloat;
  return type instanceof GraphQLScalarType && type.serialize === String ? GraphQLString : type;
}

const checkedInt = new GraphQLScalarType({ ...GraphQLInt.toConfig(), name: 'CheckedInt' });
const checkedFloat = new GraphQLScalarType({ ...GraphQLFloat.toConfig(), name: 'CheckedFloat' });
