import Negotiator from 'negotiator';
import { english } from '../graph/sentences/en.js';
import { languages } from '../graph/sentences/languages.js';
import type { Sentences } from '../graph/sentences/sentences.js';
import type { ShopperSessions } from '../graph/shopper-sessions.js';
import { readSessions, SESSION_HEADER } from './shopper-session-header.js';

/** What the headers of a request say of the shopper it is made for. */
export interface ShopperParts {
  readonly sessions: ShopperSessions;
  readonly sentences: Sentences;
}

export function shopperParts(headers: Readonly<Record<string, string | string[] | undefined>>): ShopperParts {
  return { sessions: readSessions(headers[SESSION_HEADER]), sentences: sentencesFor(headers['accept-language']) };
}

/** Picks the language that a shopper likes best of those there are. */
function sentencesFor(header: string | string[] | undefined): Sentences {
  const negotiator = new Negotiator({ headers: { 'accept-language': header } });
  return languages.get(negotiator.language([...languages.keys()]) ?? '') ?? english;
}
