import { newSelection } from './selections.js';
import type { SessionRecord } from './records.js';
import type { CentraWorld } from './world.js';

export const DEFAULT_MARKET = 'se';

/** The session of a token; an unknown or expired one begins anew with another token. */
export function sessionOf(world: CentraWorld, token: string | null): SessionRecord {
  const known = token === null ? undefined : world.store.sessions.get(token);
  return known ?? openSession(world);
}

export function openSession(world: CentraWorld, fields: Partial<SessionRecord> = {}): SessionRecord {
  const session: SessionRecord = {
    token: world.store.identifiers.next('session'),
    selection: fields.selection ?? newSelection(world.store, DEFAULT_MARKET).id,
    customer: null,
    lastOrder: null,
    ...fields,
  };
  world.store.sessions.set(session.token, session);
  return session;
}

/** Gives the session another token, as Centra may at any time. */
export function rotate({ store }: CentraWorld, session: SessionRecord, keepOld: boolean): void {
  const former = session.token;
  session.token = store.identifiers.next('session');
  store.sessions.set(session.token, session);
  if (!keepOld) store.sessions.delete(former);
}
