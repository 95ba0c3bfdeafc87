import { Field, InterfaceType } from 'type-graphql';
import type { Refusal } from '../../domain/refusal.js';
import { UpsellErrorType } from '../errors/upsell-error.type.js';
import { OperationType, type OperationRecord } from './operation.type.js';

/** What every payload of a write is made from; its records are read when they are asked for. */
export interface WritePayload {
  /** Null when the request was refused before a key was claimed. */
  readonly operation: OperationRecord | null;
  readonly errors: readonly Refusal[];
  readonly replayed: boolean;
}

@InterfaceType('UpsellOperationPayload', {
  description: '`errors` empty is not yet success: look at `operation.status`.',
})
export abstract class OperationPayload implements WritePayload {
  @Field(() => OperationType, {
    nullable: true,
    description: 'The write on record; null when it was refused before anything was recorded.',
  })
  readonly operation!: WritePayload['operation'];

  @Field(() => [UpsellErrorType], { description: 'Why it did not succeed; every problem of the input at once.' })
  readonly errors!: WritePayload['errors'];

  @Field(() => Boolean, { description: 'True when an earlier request with the same key is answered again.' })
  readonly replayed!: WritePayload['replayed'];
}
