import { knownKinds, knownScopes } from '../../auth/claim-rules.js';
import type { DescribedSetting, Rule } from './describe.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What values a setting takes: for a validator, and in words for the reference. */
export interface Shape {
  readonly schema: JsonSchema;
  readonly words: string;
}

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const claimPath = {
  oneOf: [
    { type: 'string', minLength: 1 },
    { type: 'array', items: text, minItems: 1 },
  ],
};
const accountClaim = {
  type: 'object',
  properties: { from: claimPath, prefix: text },
  required: ['from'],
  additionalProperties: false,
};
const accountClaims = {
  anyOf: [claimPath, { type: 'object', additionalProperties: { anyOf: [claimPath, accountClaim] } }],
};
const kind = { enum: [...knownKinds] };
const scope = { enum: [...knownScopes] };
const scopeList = { type: 'array', items: scope };

/** What each rule asks of a value. A rule over several settings asks nothing of one alone. */
const shapes: Readonly<Record<string, (constraints: readonly unknown[]) => Partial<Shape>>> = {
  isOptional: () => ({}),
  isInt: () => ({ schema: { type: 'integer' }, words: 'integer' }),
  isNumber: () => ({ schema: { type: 'number' }, words: 'number' }),
  isBoolean: () => ({ schema: { type: 'boolean' }, words: '`true`, `false`' }),
  isString: () => ({ schema: text, words: 'text' }),
  isNotEmpty: () => ({ schema: { minLength: 1 } }),
  min: ([least]) => ({ schema: { minimum: least }, words: `from ${format(least)}` }),
  max: ([most]) => ({ schema: { maximum: most }, words: `to ${format(most)}` }),
  maxLength: ([most]) => ({ schema: { maxLength: most }, words: `to ${format(most)} characters` }),
  matches: ([pattern]) => ({ schema: { ...text, pattern: sourceOf(pattern) }, words: 'text' }),
  isISO4217CurrencyCode: () => ({ schema: { ...text, pattern: '^[A-Za-z]{3}$' }, words: 'text' }),
  isUrl: () => ({ schema: { ...text, pattern: '^https?://' }, words: 'URL' }),
  isSafeUrl: () => ({ schema: { ...text, pattern: '^https?://' }, words: 'https URL' }),
  isWebUrl: () => ({ schema: { ...text, pattern: '^https?://' }, words: 'URL' }),
  isDatabaseUrl: () => ({ schema: { ...text, pattern: '^postgres(ql)?://' }, words: 'postgres URL' }),
  isRedisUrl: () => ({ schema: { ...text, pattern: '^rediss?://' }, words: 'redis URL' }),
  isOrigin: () => ({ schema: texts, words: 'list of origins' }),
  isHeaderList: () => ({ schema: texts, words: 'list of header names' }),
  isSecretList: () => ({ schema: { ...texts, minItems: 1, maxItems: 5 }, words: 'list of secrets' }),
  isAddressList: () => ({ schema: texts, words: 'list of addresses and ranges' }),
  isZone: () => ({ schema: text, words: 'IANA time zone' }),
  hasBytes: ([least]) => ({ schema: { ...text, minLength: least }, words: 'text' }),
  isClaimPath: () => ({ schema: claimPath, words: 'claim, or list of nested claims' }),
  isAccountClaims: () => ({ schema: accountClaims, words: 'claim, or claims by account' }),
  isKindValues: () => ({ schema: { type: 'object', additionalProperties: kind }, words: 'kinds by value' }),
  isScopeValues: () => ({
    schema: { type: 'object', additionalProperties: { anyOf: [scope, scopeList] } },
    words: 'scopes by value',
  }),
  isObject: () => ({ schema: { type: 'object' }, words: 'group' }),
  isArray: () => ({ schema: { type: 'array' }, words: 'list' }),
  arrayNotEmpty: () => ({ schema: { minItems: 1 } }),
  nestedValidation: () => ({}),
};

/** Describes the values that a setting takes. Throws for a rule that is not described here. */
export function shapeOf({ name, rules }: DescribedSetting): Shape {
  const isList = rules.some(({ name: rule }) => rule === 'isArray');
  const parts = rules.filter(({ name: rule }) => !isOverSeveral(rule)).map((rule) => shapeOfRule(name, rule, isList));
  return {
    schema: Object.assign({}, ...parts.map(({ schema }) => schema)),
    words: [...new Set(parts.flatMap(({ words }) => words ?? []))].join(' '),
  };
}

function shapeOfRule(setting: string, { name, constraints }: Rule, isList: boolean): Partial<Shape> {
  if (name === 'isIn') {
    const values: readonly unknown[] = [constraints[0]].flat();
    const words = values.map((value) => `\`${String(value)}\``).join(', ');
    return isList ? { schema: { items: { enum: values } }, words: `of ${words}` } : { schema: { enum: values }, words };
  }
  const shape = shapes[name];
  if (!shape) throw new Error(`${setting}: src/config/reference/shape.ts does not describe the rule ${name}`);
  return shape(constraints);
}

/** Whether a rule is over several settings: providers name those by what must hold. */
function isOverSeveral(rule: string): boolean {
  return /^has[A-Z]/.test(rule) && rule !== 'hasBytes';
}

function format(count: unknown): string {
  return Number(count).toLocaleString('en-US');
}

function sourceOf(pattern: unknown): string {
  return pattern instanceof RegExp ? pattern.source : String(pattern);
}
