import { GraphQLError } from 'graphql';
import type { RefusalOf } from '../../domain/refusal.js';
import { checkInput } from '../input/check-input.js';

/** Thrown by reads with invalid arguments; `extensions.problems` lists each with its path. */
export class BadInput extends GraphQLError {
  constructor(problems: readonly RefusalOf<'VALIDATION'>[]) {
    super(problems.map(({ path, message }) => `${(path ?? []).join('.')}: ${message}`).join(' '), {
      extensions: {
        code: 'BAD_USER_INPUT',
        problems: problems.map(({ path, rule, message }) => ({ path, rule, message })),
      },
    });
  }
}

export function assertValid(input: object): void {
  const problems = checkInput(input);
  if (problems.length > 0) throw new BadInput(problems);
}
