import { GraphQLError, type ValidationRule } from 'graphql';

/** Fields that tell the schema; a gateway asks for the last. */
const TELLING_FIELDS: ReadonlySet<string> = new Set(['__schema', '__type', '_service']);

/** Keeps the schema to those who have its file. */
export const hideSchema: ValidationRule = (context) => ({
  Field(field) {
    if (!TELLING_FIELDS.has(field.name.value)) return;
    context.reportError(
      new GraphQLError('This server does not tell its schema.', {
        nodes: field,
        extensions: { validationErrorCode: 'INTROSPECTION_DISABLED' },
      }),
    );
  },
});

/** An error text without the names graphql guesses the client meant. */
export function withoutSuggestion(message: string): string {
  return message.replace(/ ?Did you mean .+\?$/s, '');
}
