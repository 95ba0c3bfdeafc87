import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError, isValueNode, Kind } from 'graphql';

/**
 * Returns the message of an error without the values that graphql-js quotes from the document: error messages end up in logs
 * of gateways and storefronts, and a value may be a secret. Names stay, and `locations` point to the place.
 */
export function messageWithoutValues({ message, extensions }: GraphQLFormattedError, error: unknown): string {
  switch (extensions?.['code']) {
    case ApolloServerErrorCode.GRAPHQL_PARSE_FAILED:
      return withoutToken(message);
    case ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED:
      return pointsToValue(error) ? aboutValue(message) : message;
    default:
      return message;
  }
}

/** Cuts the text of the token a syntax error ends with; the token may be a value that lost its quotes. */
function withoutToken(message: string): string {
  return message.replace(/\b(Name|String|BlockString|Int|Float|Comment) ".*$/s, '$1.').replace(/: ".*$/s, '.');
}

function pointsToValue(error: unknown): boolean {
  const [node] = error instanceof GraphQLError ? (error.nodes ?? []) : [];
  return node !== undefined && (isValueNode(node) || node.kind === Kind.OBJECT_FIELD) && node.kind !== Kind.VARIABLE;
}

/** Messages about a value that quote only names. */
const ABOUT_NAMES = /^(?:Field "|OneOf Input Object "|Variable "|\w+ must be )/;

/** Matches the type at the start of the messages that quote a value. */
const TYPE_AT_START = /^(?:Expected value of type |Enum )"([^"]+)"|^(\w+) cannot represent /;

/** Matches the type in a message that quotes the value first. */
const TYPE_AT_END = /^Value ".*" does not exist in "(\w+)" enum\./s;

function aboutValue(message: string): string {
  if (ABOUT_NAMES.test(message)) return message;
  const [, quoted, scalar] = TYPE_AT_START.exec(message) ?? [];
  const type = quoted ?? scalar ?? TYPE_AT_END.exec(message)?.[1];
  return type === undefined ? 'A value is not of the expected type.' : `Expected a value of type "${type}".`;
}
