import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { openSessions, type ShopperSessions } from '../graph/shopper-sessions.js';

/**
 * Header that carries a shopper's sessions at providers in both directions, as comma-separated `<account>=<token>` pairs.
 * A response holds the tokens that a provider replaced; clients must use them from then on.
 */
export const SESSION_HEADER = 'x-shopper-session';

const MAX_HEADER_LENGTH = 4_096;

export function readSessions(header: string | string[] | undefined): ShopperSessions {
  const text = String(header ?? '').slice(0, MAX_HEADER_LENGTH);
  return openSessions(new Map(text.split(',').flatMap(toPair)));
}

/** Returns renewed sessions in the response header. */
export function returnSessions<Context extends BaseContext & { readonly sessions: ShopperSessions }>() {
  const plugin: ApolloServerPlugin<Context> = {
    requestDidStart: async () => ({
      async willSendResponse({ contextValue, response }) {
        const renewed = Array.from(contextValue.sessions.renewed(), (pair) => pair.join('='));
        if (renewed.length > 0) response.http.headers.set(SESSION_HEADER, renewed.join(', '));
      },
    }),
  };
  return plugin;
}

function toPair(entry: string): [string, string][] {
  const [, account, token] = /^\s*([a-z0-9-]+)=([\x21-\x2b\x2d-\x7e]+)\s*$/.exec(entry) ?? [];
  return account === undefined || token === undefined ? [] : [[account, token]];
}
