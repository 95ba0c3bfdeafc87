import { isObject } from './json-object.js';

export interface JsonPatch {
  /** Dotted path to new value; `*` stands for every element or key: `results.*.status`. */
  readonly set?: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
}

type Edit = (container: Record<string, unknown> | unknown[], key: string) => void;

/** Alters a JSON text; text that is not JSON comes back unchanged. */
export function patchJson(text: string, patch: JsonPatch): string {
  return editJson(text, (document) => {
    applyPatch(document, patch);
    return document;
  });
}

/** Passes the document of a JSON text through `edit`; text that is not JSON comes back unchanged. */
export function editJson(text: string, edit: (document: unknown) => unknown): string {
  let document: unknown;
  try {
    document = JSON.parse(protectNumbers(text));
  } catch {
    return text;
  }
  return restoreNumbers(JSON.stringify(edit(document)));
}

function applyPatch(document: unknown, patch: JsonPatch): void {
  for (const [path, value] of Object.entries(patch.set ?? {})) {
    editAt(document, path.split('.'), (container, key) => {
      if (Array.isArray(container)) container[Number(key)] = value;
      else container[key] = value;
    });
  }
  for (const path of patch.remove ?? []) {
    editAt(document, path.split('.'), (container, key) => {
      if (Array.isArray(container)) container.splice(Number(key), 1);
      else delete container[key];
    });
  }
}

function editAt(node: unknown, path: readonly string[], edit: Edit): void {
  if (!Array.isArray(node) && !isMutable(node)) return;
  const [step, ...rest] = path;
  if (step === undefined) return;
  const keys = step === '*' ? Object.keys(node).reverse() : [step];
  for (const key of keys) {
    if (rest.length === 0) edit(node, key);
    else editAt(Reflect.get(node, key), rest, edit);
  }
}

function isMutable(value: unknown): value is Record<string, unknown> {
  return isObject(value);
}

const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gu;
const MARK = 'exact-number:';

/** Turns numbers a double would change into marked text, so that an emulator may answer with 64-bit integers. */
function protectNumbers(text: string): string {
  return text.replace(TOKENS, (token) =>
    token.startsWith('"') || String(Number(token)) === token ? token : `"${MARK}${token}"`,
  );
}

function restoreNumbers(text: string): string {
  return text.replace(/"exact-number:([^"]*)"/gu, '$1');
}
