import { Field, ID, InputType } from 'type-graphql';
import { defineEnum } from '../enum-type.js';
import { MoneyInput } from '../money/money-input.type.js';
import { IsNested, IsPreviewId, IsWhenGiven } from './rules.js';

export type IfTargetMoved = 'REJECT' | 'ACCEPT';

export const IfTargetMovedEnum = defineEnum<IfTargetMoved>(
  'IfTargetMoved',
  'What to do when the provider uses another order than the one asked for.',
  {
    REJECT: 'TargetMovedError; the item is taken back off if it was added.',
    ACCEPT: 'Accept, and report it in `differences`.',
  },
);

@InputType('WriteGuardsInput', {
  description: 'Under which conditions a write is refused although the provider would do it.',
})
export class WriteGuardsInput {
  @IsWhenGiven()
  @IsPreviewId()
  @Field(() => ID, { nullable: true, description: 'Refuse when it is not what this preview showed.' })
  readonly previewId?: string | null;

  @IsNested()
  @Field(() => MoneyInput, { nullable: true, description: 'Refuse when the order would grow by more.' })
  readonly maxIncrease?: MoneyInput | null;

  @Field(() => IfTargetMovedEnum, {
    defaultValue: 'REJECT',
    description: 'When the provider can only use another order.',
  })
  readonly ifTargetMoved!: IfTargetMoved;
}
