import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { AppliedDifference, OperationStep } from '../../domain/operation.js';
import {
  AppliedDifferenceType,
  type ChangedField,
  ChangedFieldEnum,
  toChangedField,
} from './applied-difference.type.js';
import { OperationStepType } from './operation-step.type.js';
import { toStepName, type UpsellStepName, UpsellStepNameEnum } from './step-name.type.js';

@Resolver(() => OperationStepType)
export class OperationStepResolver {
  @FieldResolver(() => UpsellStepNameEnum, { description: 'What it does.' })
  name(@Root() { name }: OperationStep): UpsellStepName {
    return toStepName(name);
  }
}

@Resolver(() => AppliedDifferenceType)
export class AppliedDifferenceResolver {
  @FieldResolver(() => ChangedFieldEnum, { description: 'What differs.' })
  field(@Root() { field }: AppliedDifference): ChangedField {
    return toChangedField(field);
  }
}
