/** Characters between two pauses: some milliseconds, whatever they are. */
export const PIECE = 32 * 1024;

const [TAB, LINE_FEED, CARRIAGE_RETURN, SPACE] = [0x09, 0x0a, 0x0d, 0x20];
const [QUOTE, COMMA, COLON, OPEN_LIST, BACKSLASH, CLOSE_LIST] = [0x22, 0x2c, 0x3a, 0x5b, 0x5c, 0x5d];
const [OPEN_OBJECT, CLOSE_OBJECT] = [0x7b, 0x7d];

interface Open {
  readonly value: unknown[] | object;
  /** Name of the member that is being read; null in a list. */
  key: string | null;
}

/**
 * Parses what `JSON.parse` takes to the same value, and pauses after each `PIECE`. Reads each text, number, Boolean and null by
 * `readScalar`, which must throw what `JSON.parse` does. Takes any depth. Throws `SyntaxError`.
 */
export function* parseInPieces(text: string, readScalar: (token: string) => unknown): Generator<void, unknown, void> {
  const open: Open[] = [];
  let at = 0;
  let pauseAt = PIECE;

  function skipSpace(): number {
    let code = text.charCodeAt(at);
    while (isSpace(code)) code = text.charCodeAt((at += 1));
    return code;
  }

  function readKey(): string {
    if (skipSpace() !== QUOTE) throw unexpected(at);
    const key: string = JSON.parse(token());
    if (skipSpace() !== COLON) throw unexpected(at);
    at += 1;
    return key;
  }

  /** Takes the characters of a text, or what stands before the next separator. */
  function token(): string {
    const begin = at;
    at = text.charCodeAt(at) === QUOTE ? endOfText(text, at) : endOfWord(text, at);
    return text.slice(begin, at);
  }

  for (;;) {
    const begins = skipSpace();
    let value: unknown;
    if (begins === OPEN_LIST || begins === OPEN_OBJECT) {
      at += 1;
      const isList = begins === OPEN_LIST;
      const inner: Open = { value: isList ? [] : {}, key: null };
      if (skipSpace() !== (isList ? CLOSE_LIST : CLOSE_OBJECT)) {
        if (!isList) inner.key = readKey();
        open.push(inner);
        continue;
      }
      at += 1;
      ({ value } = inner);
    } else value = readScalar(token());

    // The value is whole: so are those that end after it.
    for (;;) {
      const outer = open.at(-1);
      const next = skipSpace();
      if (outer === undefined) {
        if (at < text.length) throw unexpected(at);
        return value;
      }
      add(outer, value);
      at += 1;
      if (next === COMMA) {
        if (outer.key !== null) outer.key = readKey();
        break;
      }
      if (next !== (outer.key === null ? CLOSE_LIST : CLOSE_OBJECT)) throw unexpected(at - 1);
      ({ value } = outer);
      open.pop();
    }
    if (at < pauseAt) continue;
    yield;
    pauseAt = at + PIECE;
  }
}

function add({ value: container, key }: Open, value: unknown): void {
  if (Array.isArray(container)) container.push(value);
  // Setting it would change the prototype.
  else if (key === '__proto__') {
    Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
  } else Reflect.set(container, key ?? '', value);
}

/** Returns the place after the quote that ends a text; the end of everything when none does. */
function endOfText(text: string, begin: number): number {
  let end = text.indexOf('"', begin + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end + 1;
}

/** Whether an odd number of backslashes stands before a place. */
export function isEscaped(text: string, at: number): boolean {
  let begin = at;
  while (text.charCodeAt(begin - 1) === BACKSLASH) begin -= 1;
  return (at - begin) % 2 === 1;
}

function endOfWord(text: string, begin: number): number {
  let end = begin;
  while (end < text.length && !isSeparator(text.charCodeAt(end))) end += 1;
  return end;
}

function isSeparator(code: number): boolean {
  return code === COMMA || code === CLOSE_LIST || code === CLOSE_OBJECT || isSpace(code);
}

function isSpace(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB;
}

function unexpected(at: number): SyntaxError {
  return new SyntaxError(`unexpected character at ${at}`);
}
