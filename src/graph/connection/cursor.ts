/** Encodes a cursor from its list and a place in it. Opaque to clients, so the format may change. */
export function encodeCursor(list: string, place: unknown): string {
  return Buffer.from(JSON.stringify([list, place]), 'utf8').toString('base64url');
}

/** Decodes a cursor; null for text that is not a cursor of this list. */
export function decodeCursor(list: string, cursor: string): unknown {
  const parts = parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  return Array.isArray(parts) && parts.length === 2 && parts[0] === list ? parts[1] : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
