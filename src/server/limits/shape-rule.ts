import { type ASTVisitor, GraphQLError, Kind, type ValidationRule } from 'graphql';
import { findExcess, type ShapeLimit, type ShapeLimits } from './document-shape.js';

const code: Readonly<Record<ShapeLimit, string>> = {
  depth: 'DEPTH_LIMIT_EXCEEDED',
  breadth: 'BREADTH_LIMIT_EXCEEDED',
  fields: 'FIELD_LIMIT_EXCEEDED',
  aliases: 'ALIAS_LIMIT_EXCEEDED',
  directives: 'DIRECTIVE_LIMIT_EXCEEDED',
};

const describe: Readonly<Record<ShapeLimit, (limit: number) => string>> = {
  depth: (limit) => `The operation is nested deeper than ${limit} levels.`,
  breadth: (limit) => `The operation asks for more than ${limit} fields of one object.`,
  fields: (limit) => `The operation asks for more than ${limit} fields.`,
  aliases: (limit) => `The operation has more than ${limit} aliases.`,
  directives: (limit) => `The operation has more than ${limit} directives.`,
};

/**
 * Refuses a document that goes beyond a limit. It is done once for each document: Apollo Server keeps those it has
 * validated. The other rules, some of which take time quadratic in the size, do not look into one that is refused.
 */
export function limitShape(limits: ShapeLimits): ValidationRule {
  return (context): ASTVisitor => ({
    Document(document) {
      const excess = findExcess(document, limits);
      if (!excess) return undefined;
      context.reportError(
        new GraphQLError(describe[excess](limits[excess]), { extensions: { validationErrorCode: code[excess] } }),
      );
      return { kind: Kind.DOCUMENT, definitions: [] };
    },
  });
}
