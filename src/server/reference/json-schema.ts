import type { ClassConstructor } from 'class-transformer';
import type { Provider } from '../../domain/provider.js';
import type { Providers } from '../../config/accounts.js';
import { CallLimitSection } from '../../config/call-limits.js';
import { AccountSection, FileSection } from '../../config/sections.js';
import { type DescribedSetting, describeSettings } from './describe.js';
import { type JsonSchema, shapeOf } from './shape.js';

/** Any text with a variable stands for a value of any kind. */
const variable = { type: 'string', pattern: '\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}' };

/** Describes the configuration file for editors and validators: https://json-schema.org/draft-07. */
export function configurationSchema(providers: Providers): JsonSchema {
  const definitions: Record<string, JsonSchema> = { variable };
  const { properties, ...file } = groupSchema(describeSettings(FileSection), definitions);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of upsell-graph',
    ...file,
    properties: {
      ...Object(properties),
      accounts: {
        description: 'Accounts at the providers.',
        type: 'array',
        minItems: 1,
        items: {
          oneOf: Object.entries(providers).map(([word, provider]) => accountSchema(word, provider, definitions)),
        },
      },
    },
    definitions,
  };
}

type Definitions = Record<string, JsonSchema>;

function accountSchema(
  word: string,
  { settings, limits, title, defaultBaseUrl }: Provider,
  definitions: Definitions,
): JsonSchema {
  const schema = groupSchema([...describeSettings(AccountSection), ...describeSettings(settings)], definitions);
  const callLimit = sectionSchema(CallLimitSection, definitions);
  return {
    ...schema,
    title,
    required: [...[schema['required']].flat(), ...(defaultBaseUrl === null ? ['baseUrl'] : [])],
    properties: {
      ...Object(schema['properties']),
      provider: { description: 'Its provider.', const: word },
      limits: orNothing({
        type: 'object',
        properties: Object.fromEntries(Object.keys(limits).map((name) => [name, callLimit])),
        additionalProperties: false,
      }),
    },
  };
}

/** Refers to the schema of a group, which is defined once. */
function sectionSchema(section: ClassConstructor<object>, definitions: Definitions): JsonSchema {
  const name = section.name.replace(/Section$/, '');
  definitions[name] ??= groupSchema(describeSettings(section), definitions);
  return { $ref: `#/definitions/${name}` };
}

function groupSchema(settings: readonly DescribedSetting[], definitions: Definitions): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(settings.map((setting) => [setting.name, settingSchema(setting, definitions)])),
    required: settings.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    additionalProperties: false,
  };
}

function settingSchema(setting: DescribedSetting, definitions: Definitions): JsonSchema {
  const { text: description, isRequired } = setting;
  const value = valueSchema(setting, definitions);
  return {
    description: description.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1'),
    ...(isValue(setting.default) && { default: setting.default }),
    ...(isRequired ? value : orNothing(value)),
  };
}

function valueSchema(setting: DescribedSetting, definitions: Definitions): JsonSchema {
  const { schema } = shapeOf(setting);
  if (setting.section) {
    const group = sectionSchema(setting.section, definitions);
    return schema['type'] === 'array' ? { type: 'array', items: group } : { allOf: [group] };
  }
  const isGroup = schema['type'] === 'object' || schema['type'] === 'array';
  return isGroup ? schema : { anyOf: [schema, { $ref: '#/definitions/variable' }] };
}

/** Whether a default is a value; one in words is none. */
function isValue(value: DescribedSetting['default']): boolean {
  return value !== null && !/\s/.test(String(value));
}

/** Adds null to a schema, because optional settings may be empty. */
function orNothing(schema: JsonSchema): JsonSchema {
  const options: readonly unknown[] = Array.isArray(schema['anyOf']) ? schema['anyOf'] : [schema];
  return { anyOf: [...options, { type: 'null' }] };
}
