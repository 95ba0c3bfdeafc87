import { Directive, Field, ObjectType } from 'type-graphql';
import type { ProductRef } from '../../domain/product.js';
import { NodeType } from '../node/node.type.js';

@Directive('@key(fields: "id")')
@ObjectType('Product', {
  description: 'What is bought. A catalogue subgraph extends it by `id`.',
  implements: NodeType,
  simpleResolvers: true,
})
export class ProductType extends NodeType implements Pick<ProductRef, 'id' | 'providerId'> {
  @Field(() => String, { description: 'Ordergroove product, SureCart price, Centra item, Appstle variant; verbatim.' })
  readonly providerId!: ProductRef['providerId'];
}
