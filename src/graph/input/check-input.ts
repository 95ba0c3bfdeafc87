import { validateSync, type ValidationError } from 'class-validator';
import { invalid, type RefusalOf, type ValidationRule } from '../../domain/refusal.js';

/** Returns every broken rule of an input with its path, and never repeats the input. */
export function checkInput(input: object): readonly RefusalOf<'VALIDATION'>[] {
  return validateSync(input).flatMap((error) => refusalsOf(error, []));
}

function refusalsOf(error: ValidationError, parents: readonly string[]): readonly RefusalOf<'VALIDATION'>[] {
  const path = [...parents, error.property];
  const own = Object.entries(error.constraints ?? {}).map(([name, message]) => invalid(path, ruleNamed(name), message));
  return [...own, ...(error.children ?? []).flatMap((child) => refusalsOf(child, path))];
}

/** Validation rules by the names of class-validator's and our own decorators. */
const rules: Readonly<Record<string, ValidationRule>> = {
  min: 'RANGE',
  max: 'RANGE',
  minLength: 'LENGTH',
  maxLength: 'LENGTH',
  matches: 'FORMAT',
  isIdOf: 'ID',
  isPreviewId: 'ID',
  isAmount: 'AMOUNT',
  sameAccount: 'SAME_ACCOUNT',
  sameOrder: 'SAME_ORDER',
};

function ruleNamed(name: string): ValidationRule {
  const rule = rules[name];
  if (!rule) throw new TypeError(`the rule ${name} has no name in the graph`);
  return rule;
}
