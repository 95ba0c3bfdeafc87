/** A marker that was seen where it must not be. */
export interface Finding {
  readonly where: string;
  readonly marker: string;
  readonly around: string;
}

interface Spelling {
  readonly text: string;
  /** Found in lower and upper case alike. */
  readonly isFolded: boolean;
}

/** Part of every marker that is made here: where it is not, none of them is. */
const CORE = 'zq73af91c5d0e8';

/** Texts planted where secrets are, and all the spellings in which one of them could get out. */
export class Markers {
  readonly #names = new Map<string, string>();
  readonly #watched: string[] = [];
  #searched = 0;

  /** Makes one, of letters that no layer spells otherwise. */
  plant(name: string): string {
    const text = `${CORE}${(this.#names.size + 0x1000).toString(16)}`;
    this.#names.set(text, name);
    return text;
  }

  /** One that was there before. */
  watch(name: string, text: string): void {
    if (this.#names.has(text)) return;
    this.#names.set(text, name);
    this.#watched.push(text);
  }

  get count(): number {
    return this.#names.size;
  }

  /** Characters looked through so far. */
  get searched(): number {
    return this.#searched;
  }

  findIn(where: string, text: string): readonly Finding[] {
    this.#searched += text.length;
    const folded = text.toLowerCase();
    const placesOf = (secret: string) =>
      spellingsOf(secret).flatMap((spelling) => {
        const at = (spelling.isFolded ? folded : text).indexOf(spelling.text);
        return at < 0 ? [] : [at];
      });
    const suspects = placesOf(CORE).length > 0 ? [CORE, ...this.#names.keys()] : this.#watched;
    return suspects.flatMap((secret) =>
      placesOf(secret).map((at) => {
        const around = text.slice(Math.max(at - 200, 0), at + 100);
        return { where, marker: this.#names.get(secret) ?? 'a marker, or a part of one', around };
      }),
    );
  }
}

/** As it is, for a URL, in hexadecimal, and in base64 wherever it begins in what is encoded. */
function spellingsOf(text: string): readonly Spelling[] {
  const folded = [text, encodeURIComponent(text), Buffer.from(text).toString('hex')].map((each) => each.toLowerCase());
  const exact = [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
    // Characters at both ends depend on what stands beside.
    const [from, to] = [Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6)];
    return (['base64', 'base64url'] as const).map((encoding) => bytes.toString(encoding).slice(from, to));
  });
  return [
    ...[...new Set(folded)].map((spelling) => ({ text: spelling, isFolded: true })),
    ...[...new Set(exact)].map((spelling) => ({ text: spelling, isFolded: false })),
  ];
}
