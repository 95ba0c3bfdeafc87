/** Returns a URL that a page may load; null for any other text, such as `javascript:` or `data:`. */
export function webUrl(text: string | null): string | null {
  if (text === null) return null;
  const absolute = text.startsWith('//') ? `https:${text}` : text;
  if (!URL.canParse(absolute)) return null;
  const { protocol } = new URL(absolute);
  return protocol === 'https:' || protocol === 'http:' ? absolute : null;
}
