import { isObject, type JsonObject } from './json-object.js';
import { editJson } from './json-patch.js';
import type { Misbehaviour } from './misbehaviours.js';

const DEFAULT_ERRORS = { base: 'The request could not be carried out completely.' };

/** Alters the text of a finished answer as the misbehaviour says; one that is about something else leaves it alone. */
export function changeAnswer(text: string, action: Misbehaviour): string {
  if (action.kind === 'answerErrors') return withErrors(text, action.errors ?? DEFAULT_ERRORS);
  if (action.kind === 'omitField') {
    const { field, of } = action;
    const isMeant = (fields: JsonObject) => of === undefined || Object.values(fields).includes(of);
    return editObjects(text, (fields) => (isMeant(fields) ? without(fields, field) : fields));
  }
  if (action.kind === 'bareId') {
    const { field } = action;
    return editObjects(text, (fields) => ({ ...fields, ...bareId(fields, field) }));
  }
  if (action.kind !== 'partialPage') return text;
  return editJson(text, (document) => withoutLastRows(document, action.list ?? null));
}

/** Adds errors to an answer. An answer that is no object has no place for them and gives way. */
function withErrors(text: string, errors: unknown): string {
  const changed = editJson(text, (document) => ({ ...(isObject(document) && document), errors }));
  return changed === text ? JSON.stringify({ errors }) : changed;
}

function without(fields: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));
}

function bareId(fields: JsonObject, name: string): JsonObject {
  const value = fields[name];
  return isObject(value) ? { [name]: value['id'] } : {};
}

function editObjects(text: string, change: (fields: JsonObject) => JsonObject): string {
  return editJson(text, (document) => mapObjects(document, change));
}

/** Passes every object through `change`, the outer ones first. */
function mapObjects(node: unknown, change: (fields: JsonObject) => JsonObject): unknown {
  if (Array.isArray(node)) return node.map((element) => mapObjects(element, change));
  if (!isObject(node)) return node;
  return Object.fromEntries(Object.entries(change(node)).map(([key, value]) => [key, mapObjects(value, change)]));
}

/** Leaves out the last row of the outermost lists. `below` is the key at which lists count; null: everywhere. */
function withoutLastRows(node: unknown, below: string | null): unknown {
  if (Array.isArray(node)) {
    return below === null && node.some(isObject) ? node.slice(0, -1) : node.map((each) => withoutLastRows(each, below));
  }
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, withoutLastRows(value, key === below ? null : below)]),
  );
}

/** Returns what `unreadableAnswer` sends instead of the answer. */
export function unreadable(text: string, as: 'html' | 'half' | 'text' | 'empty') {
  switch (as) {
    case 'html':
      return { type: 'text/html', body: '<html><body><h1>Thank you</h1></body></html>' };
    case 'half':
      return { type: 'application/json', body: text.slice(0, Math.floor(text.length / 2)) || '{"' };
    case 'text':
      return { type: 'text/plain', body: 'OK' };
    case 'empty':
      return { type: 'application/json', body: '' };
  }
}
