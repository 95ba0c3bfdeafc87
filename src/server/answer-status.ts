import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import { agreeOnType, JSON_TYPE } from './media-types.js';

/** What GraphQL itself finds wrong with a document or its variables. */
const FOUND_BY_GRAPHQL = new Set<unknown>([
  ApolloServerErrorCode.GRAPHQL_PARSE_FAILED,
  ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED,
  ApolloServerErrorCode.OPERATION_RESOLUTION_FAILURE,
  ApolloServerErrorCode.BAD_USER_INPUT,
]);

/**
 * Under `application/json` the status tells how the request went over HTTP, not what GraphQL made of it: that is answered
 * with 200. Apollo Server says 400 under both types, which is right for `application/graphql-response+json` alone.
 */
export function answerWellFormedWith200<Context extends BaseContext>(): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      async willSendResponse({ request, response: { http, body } }) {
        if (http.status !== 400 || body.kind !== 'single') return;
        const { errors = [] } = body.singleResult;
        if (!errors.every(({ extensions }) => FOUND_BY_GRAPHQL.has(extensions?.['code']))) return;
        if (agreeOnType(request.http?.headers.get('accept')) === JSON_TYPE) http.status = 200;
      },
    }),
  };
}
