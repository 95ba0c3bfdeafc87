/** Replaces what a document shows between the markers of a name. */
export function replaceMarked(text, marker, content) {
  const [start, end] = [`<!-- ${marker}:start -->`, `<!-- ${marker}:end -->`];
  const before = text.slice(0, text.indexOf(start) + start.length);
  return `${before}\n\n${content}\n\n${text.slice(text.indexOf(end))}`;
}
