import { Field, Int, ObjectType } from 'type-graphql';
import type { Account } from '../../domain/account.js';
import type { ProviderProblem } from '../../domain/problem.js';
import { defineEnum } from '../enum-type.js';
import { ProviderAccountType } from './provider-account.type.js';
import { ProviderProblemType } from './provider-problem.type.js';

export type SourceState = 'OK' | 'PARTIAL' | 'FAILED' | 'SKIPPED' | 'NOT_APPLICABLE';

export const SourceStateEnum = defineEnum<SourceState>(
  'SourceState',
  'How an account answered a list. Treat a value you do not know like FAILED.',
  {
    OK: 'It answered whole.',
    PARTIAL: 'Some items could not be read.',
    FAILED: 'It could not be read; its items come on a later page, once it can be.',
    SKIPPED: 'Not asked, to spare it: it fails, or was asked too often; its items come on a later page.',
    NOT_APPLICABLE: 'The provider has no such notion, or the customer is not known there.',
  },
);

@ObjectType('SourceStatus', {
  description: 'How one account answered. Read it before saying that a list is empty.',
  simpleResolvers: true,
})
export class SourceStatus {
  @Field(() => ProviderAccountType, { description: 'The account that was asked.' })
  readonly account!: Account;

  @Field(() => SourceStateEnum, { description: 'How it answered.' })
  readonly state!: SourceState;

  @Field(() => Int, { description: 'Items of this account in the whole list, not on this page.' })
  readonly itemCount!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many records of it were left out: unreadable ones, and rows of somebody else. Null when not known.',
  })
  readonly leftOutCount!: number | null;

  @Field(() => ProviderProblemType, { nullable: true, description: 'Why entries are missing; null when none are.' })
  readonly problem!: ProviderProblem | null;
}
