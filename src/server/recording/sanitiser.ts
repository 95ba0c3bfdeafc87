import { createHmac, randomBytes } from 'node:crypto';
import { isLosslessNumber, LosslessNumber, parse, stringify } from 'lossless-json';
import { isFieldName, isIdentifier, isQueryWord, mayKeepNumber, mayKeepText, SHOPIFY_PREFIX } from './keep-list.js';

/** Thrown for what cannot be sanitised; the message holds nothing of it. */
export class CannotSanitise extends Error {
  override readonly name = 'CannotSanitise';
}

/** Replaces data by data of the same shape: equal values by equal ones, under a key that nobody keeps. */
export interface Sanitiser {
  /** Sanitises the text of a JSON body. Throws `CannotSanitise` when it is none. */
  json(text: string): string;
  text(text: string, field?: string): string;
  /** Sanitises a URL: its path by the template of the endpoint, the values of its query. */
  url(url: string, template: string): string;
  /** Returns how many originals a text still has. */
  survivorsIn(text: string): number;
  /** Names a text that must not survive although it is never replaced, such as a credential. */
  forbid(text: string): void;
  /** Names a text that is no data, although data may have words of it. */
  allow(text: string): void;
}

/** Runs of letters and digits; what stands between them is shape. */
const RUN = /[\p{L}\p{N}]+/gu;
/** Shorter originals occur by chance. */
const LONG = 5;
const SHORT = /^\d{1,4}$/;

export function createSanitiser(secret: Buffer = randomBytes(32)): Sanitiser {
  const known = new Map<string, string>();
  const given = new Set<string>();
  /** Words of the originals that were replaced, and words that were kept on purpose. */
  const originals = new Set<string>();
  const kept = new Set<string>();

  function disguise(run: string): string {
    const earlier = known.get(run);
    if (earlier !== undefined) return earlier;
    for (let attempt = 0; ; attempt += 1) {
      const disguised = shapedLike(run, createHmac('sha256', secret).update(`${attempt} ${run}`).digest());
      // Two customers must not become one; short runs are no identifiers, and there are not enough of them.
      const isFree = disguised !== run && (!given.has(disguised) || (run.length < LONG && attempt > 50));
      if (!isFree && attempt < 1_000) continue;
      known.set(run, disguised);
      given.add(disguised);
      if (run.length >= LONG) originals.add(run.toLowerCase());
      return disguised;
    }
  }

  function keep(text: string): string {
    for (const [run] of text.matchAll(RUN)) kept.add(run.toLowerCase());
    return text;
  }

  function disguiseText(text: string, field = ''): string {
    const prefix = SHOPIFY_PREFIX.exec(text)?.[0] ?? '';
    const rest = text.slice(prefix.length);
    // Parts of an identifier stand alone elsewhere, where short numbers are kept.
    const isKept = isIdentifier(field, rest) ? (run: string) => SHORT.test(run) : () => false;
    return keep(prefix) + rest.replace(RUN, (run) => (isKept(run) ? run : disguise(run)));
  }

  function sanitiseText(text: string, field = ''): string {
    if (mayKeepText(field, text)) return keep(text);
    const nested = /^\s*[[{]/.test(text) ? tryParse(text) : undefined;
    if (nested !== undefined) return toText(sanitise(nested, field));
    return isUrl(text) ? sanitiseUrl(text) : disguiseText(text, field);
  }

  /** Keeps what clients read of a link: the names in its query. */
  function sanitiseUrl(text: string): string {
    const url = new URL(text);
    const query = [...url.searchParams].map(queryEntry);
    const path = url.pathname.replace(RUN, disguise);
    return `${keep(url.protocol)}//recorded.invalid${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  }

  function queryEntry([name, value]: readonly [string, string]): string {
    const field = name.replace(/\[\w*\]$/, '');
    const isKept = isQueryWord(field, value);
    const sanitised = isKept ? keep(value) : sanitiseText(value, field);
    return `${isFieldName(field) ? keep(name) : disguiseText(name)}=${encode(sanitised)}`;
  }

  function sanitise(value: unknown, field: string): unknown {
    if (typeof value === 'string') return sanitiseText(value, field);
    if (isLosslessNumber(value)) {
      const digits = value.toString();
      return mayKeepNumber(field, digits) ? value : new LosslessNumber(digits.replace(/\d+/g, disguise));
    }
    if (Array.isArray(value)) return value.map((entry) => sanitise(entry, field));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, entry]) =>
        isFieldName(name) ? [keep(name), sanitise(entry, name)] : [disguiseText(name), sanitise(entry, field)],
      ),
    );
  }

  return {
    json(text) {
      const value = tryParse(text);
      if (value === undefined) throw new CannotSanitise('The body is not JSON.');
      return toText(sanitise(value, ''));
    },
    text: sanitiseText,
    url(url, template) {
      const { pathname, searchParams } = new URL(url);
      const parts = keep(template).split('/');
      const segments = pathname.split('/').slice(-parts.length);
      const path = parts.map((part, index) =>
        part.includes('{') ? encode(sanitiseText(decodeURIComponent(segments[index] ?? ''), 'id')) : part,
      );
      const query = [...searchParams].map(queryEntry);
      return path.join('/') + (query.length > 0 ? `?${query.toSorted().join('&')}` : '');
    },
    survivorsIn(text) {
      const words = new Set([...text.matchAll(RUN)].map(([run]) => run.toLowerCase()));
      return [...originals].filter((original) => words.has(original) && !kept.has(original)).length;
    },
    allow: (text) => void keep(text),
    forbid(text) {
      for (const [run] of text.matchAll(RUN)) if (run.length >= LONG) originals.add(run.toLowerCase());
    },
  };
}

/** Replaces each character by one of its class, drawn from the bytes; hexadecimal stays hexadecimal. */
function shapedLike(run: string, bytes: Buffer): string {
  const isHex = /^(?=.*\d)[0-9a-f]+$/.test(run);
  return Array.from(run)
    .map((character, index) => {
      const byte = (bytes[index % bytes.length] ?? 0) ^ Math.floor(index / bytes.length);
      if (/\p{N}/u.test(character)) return String(index === 0 && run.length > 1 ? 1 + (byte % 9) : byte % 10);
      if (isHex) return pick('abcdef', byte);
      return pick(/\p{Lu}/u.test(character) ? 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' : 'abcdefghijklmnopqrstuvwxyz', byte);
    })
    .join('');
}

function pick(alphabet: string, byte: number): string {
  return alphabet.charAt(byte % alphabet.length);
}

function tryParse(text: string): unknown {
  try {
    return parse(text, null, { onDuplicateKey: ({ newValue }) => newValue });
  } catch {
    return undefined;
  }
}

function toText(value: unknown): string {
  return stringify(value) ?? 'null';
}

function encode(text: string): string {
  return encodeURIComponent(text);
}

function isUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}
