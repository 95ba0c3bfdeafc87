import { HeaderMap } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Authenticator } from '../auth/authenticate.js';
import type { VerifiedActor } from '../auth/token-cache.js';
import { KeysUnavailable, Unauthenticated } from '../auth/unauthenticated.js';
import type { Logger } from './log.js';

/** Resolves the actor of a request. Throws a `GraphQLError` with the status, after logging the reason. */
export type Identify = (request: FastifyRequest) => Promise<VerifiedActor>;

export function identifyBy(
  authenticate: Pick<Authenticator, 'verify'>,
  log: Logger,
  keysMissing: (issuer: string, cause: unknown) => void = () => {},
): Identify {
  return async ({ headers, id: requestId }) => {
    try {
      return await authenticate.verify(headers.authorization);
    } catch (error) {
      if (error instanceof Unauthenticated) {
        if (error.cause !== undefined) log.info({ err: error.cause, requestId }, 'token refused');
        else
          log.info(
            { requestId, header: headers.authorization === undefined ? 'missing' : 'not a bearer token' },
            'no token',
          );
        throw refusal(error.message, 'UNAUTHENTICATED', 401, [['www-authenticate', 'Bearer']]);
      }
      if (error instanceof KeysUnavailable) {
        // A forged token must not raise an alert.
        if (error.reason === 'fault') keysMissing(error.issuer, error.cause);
        throw refusal(error.message, 'SERVICE_UNAVAILABLE', 503, [['retry-after', '5']]);
      }
      throw error;
    }
  };
}

function refusal(message: string, code: string, status: number, headers: [string, string][]): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status, headers: new HeaderMap(headers) } } });
}
