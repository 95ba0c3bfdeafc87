import { Directive, Field, ObjectType } from 'type-graphql';
import type { ProductRef } from '../../domain/product.js';
import { NodeType } from '../node/node.type.js';
import { QuotesIdMeaning } from '../provider-account/described-provider.js';

@Directive('@key(fields: "id")')
@Directive('@key(fields: "accountKey providerId")')
@ObjectType('Product', {
  description: 'What is bought. A catalogue subgraph extends it by `id`.',
  implements: NodeType,
  simpleResolvers: true,
})
export class ProductType extends NodeType implements Pick<ProductRef, 'id' | 'providerId'> {
  @QuotesIdMeaning('product')
  @Field(() => String, { description: "The provider's identifier, verbatim." })
  readonly providerId!: ProductRef['providerId'];
}
