// Emitted by `npm run schema`; edit src/graph/presets.ts instead.

/** For `mocks` of @graphql-tools/mock. */
export const scalarMocks = {
  CurrencyCode: () => "USD",
  DateTime: () => "2026-01-31T12:00:00.000Z",
  Decimal: () => "24.00",
  JSON: () => ({}),
  LocalDate: () => "2026-01-31",
};
