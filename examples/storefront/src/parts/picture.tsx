/** A product's picture; without one its first letter on a colour of its own. The place is kept either way. */
export function Picture({ title, url }: { readonly title: string; readonly url?: string | null }) {
  const hue = Array.from(title).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
  return (
    <span className="picture" style={{ '--hue': hue } as React.CSSProperties} aria-hidden="true">
      {title.slice(0, 1)}
      {url && <img src={url} alt="" loading="lazy" onError={(event) => event.currentTarget.remove()} />}
    </span>
  );
}
