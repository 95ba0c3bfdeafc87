import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { openSessions, type ShopperSessions } from '../graph/shopper-sessions.js';

/**
 * Header that carries a shopper's sessions at providers in both directions, as comma-separated `<account>=<token>` pairs.
 * A response holds the tokens that a provider replaced; clients must use them from then on. A token that does not fit a header as
 * it is goes as `<account>*=utf-8''<percent-encoded>`: https://www.rfc-editor.org/rfc/rfc8187
 */
export const SESSION_HEADER = 'x-shopper-session';

/** What needs no encoding; a comma would end it. */
const PLAIN = /^[\x21-\x2b\x2d-\x7e]+$/;

export function readSessions(header: string | string[] | undefined): ShopperSessions {
  return openSessions(
    new Map(
      String(header ?? '')
        .split(',')
        .flatMap(toPair),
    ),
  );
}

type SessionContext = BaseContext & { readonly sessions: ShopperSessions; readonly streamed?: unknown };

/** Returns renewed sessions in the response header, and in an extension of events, whose headers were sent long before. */
export function returnSessions<Context extends SessionContext>() {
  const plugin: ApolloServerPlugin<Context> = {
    requestDidStart: async () => ({
      async willSendResponse({ contextValue, response }) {
        const { sessions, streamed } = contextValue;
        const renewed = Array.from(sessions.renewed(), ([account, token]) => toEntry(account, token)).join(', ');
        if (renewed === '') return;
        response.http.headers.set(SESSION_HEADER, renewed);
        if (streamed && response.body.kind === 'single') {
          response.body.singleResult = { ...response.body.singleResult, extensions: { shopperSession: renewed } };
        }
      },
    }),
  };
  return plugin;
}

function toEntry(account: string, token: string): string {
  // Through bytes, so that half a character is replaced and not refused.
  return PLAIN.test(token)
    ? `${account}=${token}`
    : `${account}*=utf-8''${encodeURIComponent(Buffer.from(token).toString())}`;
}

function toPair(entry: string): [string, string][] {
  const [, account, star, value = ''] = /^\s*([a-z0-9-]+)(\*)?=(\S+)\s*$/.exec(entry) ?? [];
  if (account === undefined) return [];
  const token = star === undefined ? value : decode(value);
  return token === null || (star === undefined && !PLAIN.test(token)) ? [] : [[account, token]];
}

function decode(value: string): string | null {
  const [, text] = /^utf-8'[^']*'(.+)$/i.exec(value) ?? [];
  try {
    return text === undefined ? null : decodeURIComponent(text);
  } catch {
    return null;
  }
}
