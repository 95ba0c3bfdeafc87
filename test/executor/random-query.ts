import {
  astFromValue,
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  print,
} from 'graphql';

export interface RandomQuery {
  readonly source: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** How large documents get. */
interface Size {
  readonly depth: number;
  readonly width: number;
}

/** A field as written, without its conditions and what is selected below it. */
interface Head {
  readonly key: string;
  readonly text: string;
  readonly below: GraphQLNamedType | null;
  /** What was asked for of the record it leads to. */
  readonly within: Head[];
}

/**
 * Writes queries a client of the schema might send: fragments, aliases, directives, variables, fields that are asked for
 * several times, and arguments from `pool`.
 */
export class RandomQueries {
  private fragments: string[] = [];
  private definitions: string[] = [];
  private variables: Record<string, unknown> = {};
  private conditions: string[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    /** Values to choose from, by the name of the scalar. */
    private readonly pool: Readonly<Record<string, readonly unknown[]>>,
    /** A whole number from 0 up to below the limit. */
    private readonly below: (limit: number) => number,
    private readonly size: Size = { depth: 6, width: 4 },
  ) {}

  next(kind: 'query' | 'mutation' = 'query'): RandomQuery {
    this.fragments = [];
    this.definitions = [];
    this.variables = {};
    this.conditions = [];
    const root = kind === 'query' ? this.schema.getQueryType() : this.schema.getMutationType();
    const selections = root ? this.selections(root, 0) : '';
    const signature = this.definitions.length > 0 ? `(${this.definitions.join(', ')})` : '';
    return {
      source: [`${kind} Random${signature} ${selections}`, ...this.fragments].join('\n'),
      variables: this.variables,
    };
  }

  /** `heads`: fields of the same object that were asked for already. */
  private selections(type: GraphQLNamedType, depth: number, heads: Head[] = []): string {
    const width = this.below(this.size.width) + 1;
    const parts = Array.from({ length: width }, () => this.selection(type, depth, heads));
    return `{ ${parts.join(' ')} }`;
  }

  private selection(type: GraphQLNamedType, depth: number, heads: Head[]): string {
    const isDeep = depth >= this.size.depth;
    if (heads.length > 0 && this.below(5) === 0) return this.field(this.oneOf(heads), depth);
    const kind = this.below(10);
    if (isAbstractType(type) && (kind < 6 || !isInterfaceType(type))) {
      const possible = this.oneOf(this.schema.getPossibleTypes(type));
      return `... on ${possible.name}${this.rarely()} ${this.selections(possible, depth, [...heads])}`;
    }
    if (kind === 0 || !('getFields' in type)) return '__typename';
    if (kind === 1) return `...${this.rarely()} ${this.selections(type, depth, heads)}`;
    if (kind === 2 && this.fragments.length < 4) return this.spread(type, depth, heads);
    const fields = Object.values(type.getFields()).filter(
      (field) => !isDeep || !isCompositeType(getNamedType(field.type)),
    );
    if (fields.length === 0) return '__typename';
    const field = this.oneOf(fields);
    if (!('args' in field)) return '__typename';
    const alias = this.below(4) === 0 ? this.oneOf(['a', 'b', 'total', 'id', 'nodes']) : null;
    const key = alias ?? field.name;
    const known = heads.find((head) => head.key === key);
    // Under one key there is one field; now and then another one, for what refuses it.
    if (known && this.below(20) > 0) return this.field(known, depth);
    const target = getNamedType(field.type);
    const below = isCompositeType(target) ? target : null;
    const text = (alias === null ? '' : `${alias}: `) + field.name + this.arguments(field.args);
    const head = { key, text, below, within: [] };
    heads.push(head);
    return this.field(head, depth);
  }

  private field({ text, below, within }: Head, depth: number): string {
    return text + this.directives() + (below ? ` ${this.selections(below, depth + 1, within)}` : '');
  }

  private spread(type: GraphQLNamedType, depth: number, heads: Head[]): string {
    const name = `F${this.fragments.length}`;
    this.fragments.push('');
    const index = this.fragments.length - 1;
    this.fragments[index] = `fragment ${name} on ${type.name} ${this.selections(type, depth, heads)}`;
    return `...${name}${this.rarely()} ...${name}`;
  }

  /** Conditions of fragments: a document that holds one is not compiled. */
  private rarely(): string {
    return this.below(6) === 0 ? this.directives() : '';
  }

  private directives(): string {
    const kind = this.below(12);
    if (kind > 2) return '';
    const one = this.directive(kind % 2 === 0 ? 'include' : 'skip');
    return this.below(8) === 0 ? one + this.directive(kind % 2 === 0 ? 'skip' : 'include') : one;
  }

  private directive(name: string): string {
    return ` @${name}(if: ${this.below(2) === 0 ? String(this.below(2) === 0) : this.condition()})`;
  }

  /** Also a variable that may be null, which a default value lets stand where null is refused. */
  private condition(): string {
    const known = this.conditions;
    if (known.length > 0 && this.below(2) === 0) return this.oneOf(known);
    const name = `v${this.definitions.length}`;
    const isNullable = this.below(3) === 0;
    const standard = isNullable || this.below(3) === 0 ? ` = ${this.below(2) === 0}` : '';
    this.definitions.push(`$${name}: Boolean${isNullable ? '' : '!'}${standard}`);
    const isOmitted = standard !== '' && this.below(3) === 0;
    if (!isOmitted) this.variables[name] = isNullable && this.below(3) === 0 ? null : this.below(2) === 0;
    this.conditions.push(`$${name}`);
    return `$${name}`;
  }

  private arguments(all: readonly GraphQLArgument[]): string {
    const given = all
      .filter((argument) => isRequiredArgument(argument) || this.below(3) === 0)
      .map(({ name, type, defaultValue }) => {
        // A default value lets a variable that may be null stand for a value that may not.
        const isLoose = defaultValue !== undefined && isNonNullType(type) && this.below(2) === 0;
        return `${name}: ${this.argument(isLoose ? type.ofType : type)}`;
      });
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  private argument(type: GraphQLInputType): string {
    const value = this.value(type);
    const literal = this.below(2) === 0 ? this.literal(value, type) : null;
    return literal ?? this.variable(type, value);
  }

  /** Null when there is no literal for it: a variable can hold anything. */
  private literal(value: unknown, type: GraphQLInputType): string | null {
    try {
      const literal = astFromValue(value, type);
      return literal ? print(literal) : null;
    } catch {
      return null;
    }
  }

  private variable(type: GraphQLInputType, value: unknown): string {
    const name = `v${this.definitions.length}`;
    const standard = this.below(4) === 0 ? this.literal(value, type) : null;
    this.definitions.push(`$${name}: ${String(type)}` + (standard ? ` = ${standard}` : ''));
    const isOmitted = (standard !== null || !isNonNullType(type)) && this.below(3) === 0;
    if (!isOmitted) this.variables[name] = !isNonNullType(type) && this.below(8) === 0 ? null : value;
    return `$${name}`;
  }

  private value(type: GraphQLInputType): unknown {
    if (isNonNullType(type)) return this.value(type.ofType);
    if (isListType(type)) {
      const { ofType } = type;
      return Array.from({ length: this.below(4) }, () => this.value(ofType));
    }
    if (isEnumType(type)) return this.oneOf(type.getValues()).name;
    if (!isInputObjectType(type)) return this.oneOf(this.pool[type.name] ?? [null]);
    const fields = Object.values(type.getFields());
    const given = type.isOneOf
      ? [this.oneOf(fields)]
      : fields.filter((field) => isRequiredInputField(field) || this.below(2) === 0);
    return Object.fromEntries(given.map((field) => [field.name, this.value(field.type)]));
  }

  private oneOf<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new TypeError('nothing to choose from');
    return value;
  }
}
