import { type GeneratorValue, integer } from 'fast-check';
import {
  astFromValue,
  getNamedType,
  type GraphQLArgument,
  GraphQLBoolean,
  type GraphQLInputType,
  type GraphQLNamedType,
  GraphQLNonNull,
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

const MAX_DEPTH = 6;
const WIDEST = 4;

/** Writes queries a client of the schema might send: fragments, aliases, directives, variables, and arguments from `pool`. */
export class RandomQueries {
  private fragments: string[] = [];
  private definitions: string[] = [];
  private variables: Record<string, unknown> = {};

  constructor(
    private readonly schema: GraphQLSchema,
    /** Values to choose from, by the name of the scalar. */
    private readonly pool: Readonly<Record<string, readonly unknown[]>>,
    private readonly generate: GeneratorValue,
  ) {}

  next(kind: 'query' | 'mutation' = 'query'): RandomQuery {
    this.fragments = [];
    this.definitions = [];
    this.variables = {};
    const root = kind === 'query' ? this.schema.getQueryType() : this.schema.getMutationType();
    const selections = root ? this.selections(root, 0) : '';
    const signature = this.definitions.length > 0 ? `(${this.definitions.join(', ')})` : '';
    return {
      source: [`${kind} Random${signature} ${selections}`, ...this.fragments].join('\n'),
      variables: this.variables,
    };
  }

  private selections(type: GraphQLNamedType, depth: number): string {
    const width = this.below(WIDEST) + 1;
    const parts = Array.from({ length: width }, () => this.selection(type, depth));
    return `{ ${parts.join(' ')} }`;
  }

  private selection(type: GraphQLNamedType, depth: number): string {
    const isDeep = depth >= MAX_DEPTH;
    const kind = this.below(10);
    if (isAbstractType(type) && (kind < 6 || !isInterfaceType(type))) {
      const possible = this.oneOf(this.schema.getPossibleTypes(type));
      return `... on ${possible.name}${this.directives()} ${this.selections(possible, depth)}`;
    }
    if (kind === 0 || !('getFields' in type)) return this.named('__typename');
    if (kind === 1) return `...${this.directives()} ${this.selections(type, depth)}`;
    if (kind === 2 && this.fragments.length < 4) return this.spread(type, depth);
    const fields = Object.values(type.getFields()).filter(
      (field) => !isDeep || !isCompositeType(getNamedType(field.type)),
    );
    if (fields.length === 0) return this.named('__typename');
    const field = this.oneOf(fields);
    if (!('args' in field)) return this.named('__typename');
    const target = getNamedType(field.type);
    const below = isCompositeType(target) ? ` ${this.selections(target, depth + 1)}` : '';
    return this.named(field.name, this.arguments(field.args)) + this.directives() + below;
  }

  private spread(type: GraphQLNamedType, depth: number): string {
    const name = `F${this.fragments.length}`;
    this.fragments.push('');
    const index = this.fragments.length - 1;
    this.fragments[index] = `fragment ${name} on ${type.name} ${this.selections(type, depth)}`;
    return `...${name}${this.directives()} ...${name}`;
  }

  private named(name: string, rest = ''): string {
    const alias = this.below(4) === 0 ? `${this.oneOf(['a', 'b', 'total', 'id', 'nodes'])}: ` : '';
    return alias + name + rest;
  }

  private directives(): string {
    const kind = this.below(12);
    if (kind > 3) return '';
    const name = kind % 2 === 0 ? 'include' : 'skip';
    const condition =
      kind < 2 ? String(this.below(2) === 0) : this.variable(new GraphQLNonNull(GraphQLBoolean), this.below(2) === 0);
    return ` @${name}(if: ${condition})`;
  }

  private arguments(all: readonly GraphQLArgument[]): string {
    const given = all
      .filter((argument) => isRequiredArgument(argument) || this.below(3) === 0)
      .map(({ name, type }) => `${name}: ${this.argument(type)}`);
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
    if (!isOmitted) this.variables[name] = value;
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

  private below(limit: number): number {
    return this.generate(integer, { min: 0, max: limit - 1 });
  }
}
