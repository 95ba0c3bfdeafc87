import { Field, Int, ObjectType } from 'type-graphql';
import type { UpsellWindow, WindowState } from '../../domain/window.js';
import { defineEnum } from '../enum-type.js';
import { ScheduledMomentType } from '../moment/scheduled-moment.type.js';
import { DateTime } from '../scalars.js';

export const WindowStateEnum = defineEnum<WindowState>(
  'WindowState',
  'Whether items may be added now. Treat a value you do not know like UNKNOWN.',
  {
    OPEN: 'Items may be added.',
    CLOSING: 'Open, little time left.',
    CLOSED: 'No item can be added any more.',
    UNKNOWN: 'The provider does not say.',
  },
);

@ObjectType('UpsellWindow', { description: 'The period in which items may be added.', simpleResolvers: true })
export class UpsellWindowType implements UpsellWindow {
  @Field(() => WindowStateEnum, { description: 'Whether items may be added at `asOf`.' })
  readonly state!: UpsellWindow['state'];

  @Field(() => ScheduledMomentType, { nullable: true, description: 'When the period ends; null when it is not known.' })
  readonly closesAt!: UpsellWindow['closesAt'];

  @Field(() => Int, {
    nullable: true,
    description:
      'Seconds left at `asOf`, safety margin already taken off: count down from this, not from the wall clock.',
  })
  readonly secondsLeft!: UpsellWindow['secondsLeft'];

  @Field(() => DateTime, { description: 'The instant this was worked out for.' })
  readonly asOf!: UpsellWindow['asOf'];
}
