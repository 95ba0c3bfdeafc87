import {
  getNullableType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql';

/** In every value that the mistakes below send, as text and as a number. */
export const PLANTED = '4111111111111111';
const PLANTED_TEXT = `card ${PLANTED}`;

/** A name that stands without quotes in a document. */
class Bare {
  constructor(readonly name: string) {}

  toJSON(): string {
    return this.name;
  }
}

/** A value with every field given, and the secret wherever text is taken. */
function fullValue(type: GraphQLInputType): unknown {
  const plain = getNullableType(type);
  if (isListType(plain)) return [fullValue(plain.ofType)];
  if (isEnumType(plain)) return new Bare(plain.getValues()[0]?.name ?? '');
  if (isInputObjectType(plain)) {
    const fields = Object.values(plain.getFields());
    const given = plain.isOneOf ? fields.slice(-1) : fields;
    return Object.fromEntries(given.map((field) => [field.name, fullValue(field.type)]));
  }
  switch (plain.name) {
    case 'Int':
      return 1;
    case 'Boolean':
      return true;
    case 'Decimal':
      return '1.00';
    case 'CurrencyCode':
      return 'USD';
    default:
      return PLANTED_TEXT;
  }
}

/** Takes any value. */
const WITHOUT_SHAPE = new Set(['JSON', '_Any']);

/** What does not fit a type and holds the secret. */
function unfitting(type: GraphQLInputType): readonly unknown[] {
  const plain = getNullableType(type);
  const any = [
    PLANTED_TEXT,
    Number(PLANTED),
    `${PLANTED}" at "input.item"; Expected`,
    `x" is not defined by type "A". Did you mean "${PLANTED}"?`,
    { cardNumber: PLANTED_TEXT },
    [[PLANTED_TEXT]],
    new Bare(`_${PLANTED}`),
  ];
  if (isScalarType(plain) && WITHOUT_SHAPE.has(plain.name)) return [];
  if (!isInputObjectType(plain)) return any;
  const full = Object(fullValue(plain));
  const keys = Object.keys(plain.getFields());
  return [
    ...any.slice(0, 3),
    {},
    { ...full, cardNumber: PLANTED_TEXT },
    // A value in the place of a key.
    { ...full, [PLANTED]: true },
    { ...full, [`number ${PLANTED}`]: true },
    ...keys.map((key) => Object.fromEntries(Object.entries(full).filter(([given]) => given !== key))),
    ...(plain.isOneOf ? [Object.fromEntries(keys.map((key) => [key, PLANTED_TEXT]))] : []),
  ];
}

/** A full value with one unfitting place, for each place and each thing that does not fit there. */
export function mistakesIn(type: GraphQLInputType, depth = 0): readonly unknown[] {
  const plain = getNullableType(type);
  const here = [...unfitting(type), ...(isNonNullType(type) ? [null] : [])];
  if (depth > 4) return here;
  if (isListType(plain)) return [...here, ...mistakesIn(plain.ofType, depth + 1).map((value) => [PLANTED_TEXT, value])];
  if (!isInputObjectType(plain)) return here;
  const full = Object(fullValue(plain));
  const below = Object.values(plain.getFields()).flatMap((field) =>
    mistakesIn(field.type, depth + 1).map((value) =>
      plain.isOneOf ? { [field.name]: value } : { ...full, [field.name]: value },
    ),
  );
  return [...here, ...below];
}

/** A value as a document writes it; null where it cannot. */
export function asLiteral(value: unknown): string | null {
  if (value instanceof Bare) return value.name;
  if (Array.isArray(value)) {
    const entries = value.map(asLiteral);
    return entries.includes(null) ? null : `[${entries.join(', ')}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, each]) => {
    const literal = /^[A-Za-z_]\w*$/.test(key) ? asLiteral(each) : null;
    return literal === null ? null : `${key}: ${literal}`;
  });
  return fields.includes(null) ? null : `{ ${fields.join(', ')} }`;
}
