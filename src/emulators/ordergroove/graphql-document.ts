/** One selected field of a query. */
export interface Selection {
  readonly name: string;
  readonly alias: string;
  readonly arguments: ReadonlyMap<string, unknown>;
  readonly selections: readonly Selection[];
}

export class DocumentError extends Error {}

const TOKEN =
  /[\s,\ufeff]+|#[^\n]*|(\.\.\.|[_A-Za-z]\w*|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|"(?:[^"\\\n]|\\.)*"|[{}()[\]:=$!@|&])/uy;

/** Reads a query document: one operation, fragments, no directives. */
export function readDocument(source: string, variables: ReadonlyMap<string, unknown>): readonly Selection[] {
  return new Reader(tokensOf(source), variables).document();
}

function tokensOf(source: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (!match) throw new DocumentError(`Syntax Error: unexpected character at ${at}.`);
    if (match[1] !== undefined) tokens.push(match[1]);
  }
  return tokens;
}

interface Field extends Omit<Selection, 'selections'> {
  readonly selections: readonly Parsed[];
}

/** Fragments may be declared after their use, so spreads are resolved at the end. */
type Parsed = Field | { readonly spread: string };

const DEEPEST = 20;

class Reader {
  #at = 0;
  readonly #fragments = new Map<string, readonly Parsed[]>();

  constructor(
    private readonly tokens: readonly string[],
    private readonly variables: ReadonlyMap<string, unknown>,
  ) {}

  document(): readonly Selection[] {
    let operation: readonly Parsed[] | null = null;
    while (this.#at < this.tokens.length) {
      const keyword = this.#peek();
      if (keyword === 'fragment') this.#fragment();
      else if (operation) throw new DocumentError('One operation a request, please.');
      else operation = this.#operation(keyword);
    }
    if (!operation) throw new DocumentError('Syntax Error: no operation.');
    return this.#resolve(operation, 0);
  }

  #operation(keyword: string | undefined): readonly Parsed[] {
    if (keyword === 'mutation' || keyword === 'subscription') throw new DocumentError('This API is read-only.');
    if (keyword === 'query') {
      while (this.#peek() !== '{' && this.#peek() !== '(') this.#next();
      if (this.#peek() === '(') while (this.#next() !== ')') continue;
    }
    return this.#selectionSet();
  }

  #fragment(): void {
    this.#next();
    const name = this.#next();
    while (this.#peek() !== '{') this.#next();
    this.#fragments.set(name, this.#selectionSet());
  }

  #selectionSet(): readonly Parsed[] {
    this.#expect('{');
    const selections: Parsed[] = [];
    while (this.#peek() !== '}') selections.push(...this.#selection());
    this.#next();
    return selections;
  }

  #selection(): readonly Parsed[] {
    if (this.#peek() !== '...') return [this.#field()];
    this.#next();
    if (this.#peek() !== 'on' && this.#peek() !== '{') return [{ spread: this.#next() }];
    while (this.#peek() !== '{') this.#next();
    return this.#selectionSet();
  }

  #field(): Field {
    const first = this.#name();
    const isAliased = this.#peek() === ':';
    if (isAliased) this.#next();
    const name = isAliased ? this.#name() : first;
    const given = this.#peek() === '(' ? this.#arguments() : new Map<string, unknown>();
    const selections = this.#peek() === '{' ? this.#selectionSet() : [];
    return { name, alias: first, arguments: given, selections };
  }

  #arguments(): Map<string, unknown> {
    this.#expect('(');
    const given = new Map<string, unknown>();
    while (this.#peek() !== ')') {
      const name = this.#name();
      this.#expect(':');
      given.set(name, this.#value());
    }
    this.#next();
    return given;
  }

  #value(): unknown {
    const token = this.#next();
    if (token === '$') return this.variables.get(this.#name());
    if (token === '[') {
      const values: unknown[] = [];
      while (this.#peek() !== ']') values.push(this.#value());
      this.#next();
      return values;
    }
    return /^(?:["\d-]|true$|false$|null$)/u.test(token) ? JSON.parse(token) : token;
  }

  #resolve(selections: readonly Parsed[], depth: number): readonly Selection[] {
    if (depth > DEEPEST) throw new DocumentError('The document is nested too deeply.');
    return selections.flatMap((selection) => {
      if (!('spread' in selection))
        return [{ ...selection, selections: this.#resolve(selection.selections, depth + 1) }];
      const fragment = this.#fragments.get(selection.spread);
      if (!fragment) throw new DocumentError(`Unknown fragment ${selection.spread}.`);
      return this.#resolve(fragment, depth + 1);
    });
  }

  #peek(): string | undefined {
    return this.tokens[this.#at];
  }

  #next(): string {
    const token = this.tokens[this.#at];
    if (token === undefined) throw new DocumentError('Syntax Error: unexpected end.');
    this.#at += 1;
    return token;
  }

  #expect(token: string): void {
    const found = this.#next();
    if (found !== token) throw new DocumentError(`Syntax Error: expected ${token}, found ${found}.`);
  }

  #name(): string {
    const name = this.#next();
    if (!/^[_A-Za-z]/u.test(name)) throw new DocumentError(`Syntax Error: expected a name, found ${name}.`);
    return name;
  }
}
