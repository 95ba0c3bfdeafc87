import { GraphQLError, type ValidationRule } from 'graphql';

/** Fields that reveal the schema; gateways use the last. */
const INTROSPECTION_FIELDS: ReadonlySet<string> = new Set(['__schema', '__type', '_service']);

/** Rejects introspection. */
export const hideSchema: ValidationRule = (context) => ({
  Field(field) {
    if (!INTROSPECTION_FIELDS.has(field.name.value)) return;
    context.reportError(
      new GraphQLError('Introspection is disabled on this server.', {
        nodes: field,
        extensions: { validationErrorCode: 'INTROSPECTION_DISABLED' },
      }),
    );
  },
});

/** Removes the names suggested by graphql-js from an error message. */
export function withoutSuggestion(message: string): string {
  return message.replace(/ ?Did you mean .+\?$/s, '');
}
