import type { ClassConstructor } from 'class-transformer';
import { describedSetting } from '../../domain/setting.js';
import { rulesOf, settingsOf } from '../../config/check-section.js';
import { sectionOf } from '../../config/rules.js';

/** One rule of a setting, in class-validator's terms. */
export interface Rule {
  readonly name: string;
  readonly constraints: readonly unknown[];
}

/** A setting as its class declares it. */
export interface DescribedSetting {
  readonly name: string;
  readonly text: string;
  readonly isRequired: boolean;
  /** Null without one. */
  readonly default: string | number | boolean | null;
  readonly rules: readonly Rule[];
  /** Class of a group of settings, or of a list of groups. */
  readonly section: ClassConstructor<object> | null;
}

/** Describes the settings of a class. Throws for one without a description. */
export function describeSettings(section: ClassConstructor<object>): readonly DescribedSetting[] {
  const initial: Readonly<Record<string, unknown>> = { ...new section() };
  return settingsOf(section).map((name) => {
    const described = describedSetting(section, name);
    if (!described) throw new Error(`${section.name}.${name} has no description: add @Setting('…')`);
    const rules = rulesOf(section).filter(({ propertyName }) => propertyName === name);
    const isOptional = rules.some(({ name: rule, type }) => rule === 'isOptional' || type === 'conditionalValidation');
    const value = initial[name];
    const isFilled = rules.some(({ name: rule }) => rule === 'arrayNotEmpty');
    const isGiven = Array.isArray(value) ? !isFilled : isScalar(value) && value !== '';
    return {
      name,
      text: described.text,
      isRequired: !isOptional && !isGiven,
      default: described.default ?? (isScalar(value) && isGiven ? value : null),
      rules: rules.map(({ name: rule, type, constraints }) => ({
        name: rule ?? type,
        constraints: Array.isArray(constraints) ? constraints : [],
      })),
      section: sectionOf(section, name),
    };
  });
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
