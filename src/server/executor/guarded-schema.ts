import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { type GraphQLFieldResolver, type GraphQLSchema, getNullableType, isListType } from 'graphql';
import { asCompiled } from './compiled-leaves.js';

/**
 * The schema as compiled operations run it. A compiled operation takes a value out of a promise without watching what
 * happens next, and loses count in a list that holds a promise which fails; here neither can come up.
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

/** The entries are there before the list is: one that failed is its error, which execution reports at its place. */
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

/** What is thrown while the value is taken over becomes the error of the field, and not a rejection nobody handles. */
function watched(promise: PromiseLike<unknown>): Pick<PromiseLike<unknown>, 'then'> {
  // oxlint-disable-next-line unicorn/no-thenable -- it stands for a promise, before somebody who only calls `then`
  return { then: (onValue, onError) => promise.then(onValue).then(undefined, onError) };
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
