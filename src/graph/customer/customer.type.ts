import { Directive, ObjectType } from 'type-graphql';
import { NodeType } from '../node/node.type.js';

@Directive('@key(fields: "id")')
@ObjectType('Customer', {
  description: 'A shopper, the same person across accounts.',
  implements: NodeType,
  simpleResolvers: true,
})
export class CustomerType extends NodeType {}
