import { Directive, ObjectType } from 'type-graphql';
import { NodeType } from '../node/node.type.js';

@Directive('@key(fields: "id")')
@ObjectType('Customer', {
  description:
    'A shopper, by all identifiers the token or the query names. The ID is stable for one set of identifiers: with one account more it is another. To join customers from elsewhere use `identities`.',
  implements: NodeType,
  simpleResolvers: true,
})
export class CustomerType extends NodeType {}
