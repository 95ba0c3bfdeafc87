import type { CentraContext } from './context.js';
import type { SessionRecord } from './records.js';
import { newSelection } from './selections.js';

export const DEFAULT_MARKET = 'se';

/** Returns the session of a token. An unknown or expired one begins anew with another token. */
export function sessionOf(context: CentraContext, token: string | null): SessionRecord {
  const known = token === null ? undefined : context.store.sessions.get(token);
  return known ?? openSession(context);
}

export function openSession(context: CentraContext, fields: Partial<SessionRecord> = {}): SessionRecord {
  const session: SessionRecord = {
    token: context.store.identifiers.next('session'),
    selection: fields.selection ?? newSelection(context.store, DEFAULT_MARKET).id,
    customer: null,
    lastOrder: null,
    ...fields,
  };
  context.store.sessions.set(session.token, session);
  return session;
}

/** Gives the session another token, as Centra may at any time. */
export function rotate({ store }: CentraContext, session: SessionRecord, keepOld: boolean): void {
  const former = session.token;
  session.token = store.identifiers.next('session');
  store.sessions.set(session.token, session);
  if (!keepOld) store.sessions.delete(former);
}
