import { GraphQLError, GraphQLScalarType, Kind, visit } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON, GraphQLLocalDate } from 'graphql-scalars';
import { isLosslessNumber, isSafeNumber } from 'lossless-json';
import { memoizeBounded } from '../domain/memoize-bounded.js';

/** Memoized, because orders of many shoppers share the same days. */
const isoOf = memoizeBounded(1_000, (time: number) => new Date(time).toISOString());

export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: 'DateTime',
  description: 'RFC 3339 instant with offset.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time',
  // Results hold only `Date` objects, and many of them.
  serialize: (value) => (value instanceof Date ? isoOf(value.getTime()) : GraphQLDateTimeISO.serialize(value)),
});

export const LocalDate = new GraphQLScalarType({
  ...GraphQLLocalDate.toConfig(),
  name: 'LocalDate',
  description: 'Calendar date without zone, `YYYY-MM-DD`.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/local-date',
  // Dates in results were validated when they were read.
  serialize: String,
});

export const JsonValue = new GraphQLScalarType({
  ...GraphQLJSON.toConfig(),
  name: 'JSON',
  description: 'Any JSON value. A number of more digits than a double holds is refused: send it as text.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
  parseValue(value) {
    if (losesDigits(value)) throw new GraphQLError(TOO_MANY_DIGITS);
    return value;
  },
  parseLiteral(node, variables) {
    visit(node, { IntValue: assertSafe, FloatValue: assertSafe });
    return GraphQLJSON.parseLiteral(node, variables);
  },
});

const TOO_MANY_DIGITS = 'JSON must hold no number of more digits than a double holds. Send it as text.';

function assertSafe({ value }: { readonly value: string }): void {
  if (!isSafeNumber(value)) throw new GraphQLError(TOO_MANY_DIGITS);
}

/** Whether a value holds a number whose digits the body's parser kept in an object. */
function losesDigits(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return isLosslessNumber(value) || Object.values(value).some(losesDigits);
}

export const CurrencyCode = patternScalar(
  'CurrencyCode',
  'ISO 4217 code, upper case.',
  'https://www.iso.org/iso-4217-currency-codes.html',
  /^[A-Z]{3}$/,
  'three upper-case letters, e.g. "USD"',
);

export const Decimal = patternScalar(
  'Decimal',
  'Exact decimal as text, e.g. `"-5.00"`: up to 30 digits before the point and 18 after it. Never a float.',
  'https://www.w3.org/TR/xmlschema-2/#decimal',
  /^-?\d{1,30}(?:\.\d{1,18})?$/,
  'decimal text, e.g. "5.00"',
);

/** Creates a scalar for text of one pattern. Rejects numbers as input, because a float may have lost digits already. */
function patternScalar(
  name: string,
  description: string,
  specifiedByURL: string,
  pattern: RegExp,
  shape: string,
): GraphQLScalarType<string, string> {
  const parse = (value: unknown): string => {
    if (typeof value === 'string' && pattern.test(value)) return value;
    throw new GraphQLError(`${name} must be ${shape}.`);
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    specifiedByURL,
    serialize: String,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
  });
}
