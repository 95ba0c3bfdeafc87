import { Field, ObjectType } from 'type-graphql';
import type { LineItem } from '../../domain/line-item.js';
import { PageInfoType } from '../connection/page-info.type.js';
import { LineItemType } from './line-item.type.js';

@ObjectType('LineItemEdge', { description: 'A line in a list.', simpleResolvers: true })
export class LineItemEdge {
  @Field(() => String, { description: 'Where the line stands in the list.' })
  readonly cursor!: string;

  @Field(() => LineItemType, { description: 'The line.' })
  readonly node!: LineItem;
}

@ObjectType('LineItemConnection', {
  description: 'Lines of one order, as the provider lists them.',
  simpleResolvers: true,
})
export class LineItemConnection {
  @Field(() => [LineItemEdge], { description: 'The lines with their cursors.' })
  readonly edges!: readonly LineItemEdge[];

  @Field(() => [LineItemType], { description: 'The lines.' })
  readonly nodes!: readonly LineItem[];

  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  readonly pageInfo!: PageInfoType;
}
