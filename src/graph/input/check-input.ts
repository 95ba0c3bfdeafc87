import { validateSync, type ValidationError } from 'class-validator';
import { invalid, type RefusalOf } from '../../domain/refusal.js';

/** Every broken rule of an input at once, each with its path. What was sent is never repeated. */
export function checkInput(input: object): readonly RefusalOf<'VALIDATION'>[] {
  return validateSync(input).flatMap((error) => refusalsOf(error, []));
}

function refusalsOf(error: ValidationError, parents: readonly string[]): readonly RefusalOf<'VALIDATION'>[] {
  const path = [...parents, error.property];
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => invalid(path, rule, message));
  return [...own, ...(error.children ?? []).flatMap((child) => refusalsOf(child, path))];
}
