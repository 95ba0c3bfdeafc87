import type { ClassConstructor } from 'class-transformer';
import type { Providers } from '../../config/accounts.js';
import { CallLimitSection } from '../../config/call-limits.js';
import { AccountSection, FileSection } from '../../config/sections.js';
import { markdownTable } from '../../providers/markdown-table.js';
import { type DescribedSetting, describeSettings } from './describe.js';
import { shapeOf } from './shape.js';

/** Lists all settings in Markdown: a table for each group, for accounts, and for each provider. */
export function settingsReference(providers: Providers): string {
  return [
    ...groups(FileSection, '').slice(1),
    ...table('accounts', AccountSection),
    ...table('accounts.limits', CallLimitSection),
    ...Object.entries(providers).flatMap(([word, provider]) => [
      ...table(word, provider.settings),
      ...(provider.defaultBaseUrl === null ? ['`baseUrl` is required.', ''] : []),
    ]),
  ]
    .join('\n')
    .trimEnd();
}

/** Renders the tables of a group and of the groups in it, outermost first. */
function groups(section: ClassConstructor<object>, path: string): readonly string[] {
  const nested = describeSettings(section).flatMap(({ name, section: inner }) =>
    inner ? groups(inner, path === '' ? name : `${path}.${name}`) : [],
  );
  return path === '' ? ['', ...nested] : [...table(path, section), ...nested];
}

function table(title: string, section: ClassConstructor<object>): readonly string[] {
  return [
    `### ${title}`,
    '',
    ...markdownTable(['setting', 'meaning', 'values', 'default'], describeSettings(section).map(row)),
    '',
  ];
}

function row(setting: DescribedSetting): readonly string[] {
  const { name, text, isRequired } = setting;
  const fallback = isRequired ? 'required' : setting.default === null ? 'none' : defaultText(setting.default);
  return [`\`${name}\``, text, shapeOf(setting).words, fallback];
}

function defaultText(value: string | number | boolean): string {
  if (typeof value === 'number') return value.toLocaleString('en-US');
  // A default in words explains itself.
  return typeof value === 'string' && /\s/.test(value) ? value : `\`${value}\``;
}
