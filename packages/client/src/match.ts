type Tagged = { readonly __typename?: string } | { readonly status?: string } | { readonly code?: string };

/** The values that a union or enum tells apart: its `__typename`, else its `status`, else its `code`. */
type TagOf<Value> = Value extends { readonly __typename?: infer Name extends string }
  ? Name
  : Value extends { readonly status: infer Status extends string }
    ? Status
    : Value extends { readonly code: infer Code extends string }
      ? Code
      : never;

type Case<Value, Tag> = Value extends unknown
  ? TagOf<Value> extends Tag
    ? Value
    : Tag extends TagOf<Value>
      ? Value
      : never
  : never;

export type Cases<Value, Answer> = {
  readonly [Tag in TagOf<Value>]?: (value: Case<Value, Tag>) => Answer;
} & {
  /** Handles what is not named here, and what the graph learns to say later. */
  readonly other: (value: Value) => Answer;
};

/** Takes the case of a value. `other` is required: types of errors and values of enums may be added at any time. */
export function match<Value extends Tagged, Answer>(value: Value, cases: Cases<Value, Answer>): Answer {
  const { __typename, status, code } = value as Readonly<Record<string, string | undefined>>;
  const tag = __typename ?? status ?? code ?? 'other';
  const found = Object.hasOwn(cases, tag)
    ? (cases as Readonly<Record<string, (value: Value) => Answer>>)[tag]
    : undefined;
  return (found ?? cases.other)(value);
}
