import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  getNullableType,
  type GraphQLFieldResolver,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLOutputType,
  GraphQLScalarType,
  type GraphQLSchema,
  GraphQLString,
  isListType,
  isNonNullType,
} from 'graphql';

/**
 * Adapts a schema for compiled operations, which lose errors thrown after a promise resolves and miscount lists that hold a
 * rejecting promise. With this schema neither can occur.
 */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD](field) {
      const { resolve } = field;
      const type = asCompiled(field.type);
      if (!resolve) return { ...field, type };
      return { ...field, type, resolve: isListType(getNullableType(type)) ? settleEntries(resolve) : guard(resolve) };
    },
  });
}

type Resolver = GraphQLFieldResolver<unknown, unknown>;

function guard(resolve: Resolver): Resolver {
  return (...request) => {
    const value: unknown = resolve(...request);
    return isPromise(value) ? watched(value) : value;
  };
}

/** Awaits the entries of a list and replaces a failed one by its error, which execution reports at its position. */
function settleEntries(resolve: Resolver): Resolver {
  return (...request) => {
    const value: unknown = resolve(...request);
    if (isPromise(value)) return watched(value.then(settled));
    const list = settled(value);
    return isPromise(list) ? watched(list) : list;
  };
}

function settled(list: unknown): unknown {
  if (!Array.isArray(list) || !list.some(isPromise)) return list;
  return Promise.all(list.map((entry: unknown) => (isPromise(entry) ? entry.then(undefined, toError) : entry)));
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(`Unexpected error value: ${String(reason)}`);
}

/** Turns errors thrown while the value is consumed into errors of the field instead of unhandled rejections. */
function watched(promise: PromiseLike<unknown>): Pick<PromiseLike<unknown>, 'then'> {
  // oxlint-disable-next-line unicorn/no-thenable -- it replaces a promise whose consumer calls `then` only
  return { then: (onValue, onError) => promise.then(onValue).then(undefined, onError) };
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/**
 * Removes serialization from the leaf type of a field: strings, booleans, enum values and integers. TypeScript checks their
 * types and decoding their range, while serializing each costs a tenth of a long list.
 */
function asCompiled(type: GraphQLOutputType): GraphQLOutputType {
  if (isNonNullType(type)) return new GraphQLNonNull(asCompiled(type.ofType));
  if (isListType(type)) return new GraphQLList(asCompiled(type.ofType));
  return type instanceof GraphQLScalarType && type.serialize === String ? GraphQLString : type;
}
