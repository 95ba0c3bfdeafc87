import { Field, ObjectType } from 'type-graphql';
import { PageInfoType } from '../connection/page-info.type.js';
import { type OperationRecord, OperationType } from './operation.type.js';

@ObjectType('UpsellOperationEdge', { description: 'A write in a list.', simpleResolvers: true })
export class OperationEdge {
  @Field(() => String, { description: 'Where the write stands in the list.' })
  readonly cursor!: string;

  @Field(() => OperationType, { description: 'The write.' })
  readonly node!: OperationRecord;
}

@ObjectType('UpsellOperationConnection', { description: 'Writes of one shopper, newest first.', simpleResolvers: true })
export class OperationConnection {
  @Field(() => [OperationEdge], { description: 'The writes with their cursors.' })
  readonly edges!: readonly OperationEdge[];

  @Field(() => [OperationType], { description: 'The writes.' })
  readonly nodes!: readonly OperationRecord[];

  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  readonly pageInfo!: PageInfoType;
}
