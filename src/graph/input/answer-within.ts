import { Field, Int } from 'type-graphql';
import { IsBetween, IsWhenGiven } from './rules.js';

/** Declares how long the client of a write waits for its outcome. */
export function AnswerWithin(): PropertyDecorator {
  return (target, property) => {
    IsWhenGiven()(target, property);
    IsBetween(500, 20_000)(target, property);
    Field(() => Int, {
      nullable: true,
      description:
        'Milliseconds, 500 to 20000: a write that is not settled by then is answered as PENDING, without records, and goes on; follow it with `operationUpdated`. By default the answer comes with the outcome.',
    })(target, property);
  };
}
