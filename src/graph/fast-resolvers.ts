import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import type { LineItem } from '../domain/line-item.js';
import type { Order } from '../domain/order.js';
import type { GraphContext } from './context.js';
import { LineItemResolver } from './line-item/line-item.resolver.js';
import { OrderResolver } from './order/order.resolver.js';

/** Bypasses type-graphql's per-call parameter handling on hot list fields. */
export function installFastResolvers(schema: GraphQLSchema): void {
  const orders = new OrderResolver();
  setResolvers<Order>(schema, 'Order', {
    account: (order, _arguments, context) => orders.account(order, context),
    lineItems: (order, { first, after, origin }, context) => orders.lineItems(order, first, after, origin, context),
  });
  const lines = new LineItemResolver();
  setResolvers<LineItem>(schema, 'LineItem', {
    order: (line, _arguments, context) => lines.order(line, context),
    subscription: (line, _arguments, context) => lines.subscription(line, context),
    terms: (line, _arguments, context) => lines.terms(line, context),
  });
}

type Resolvers<Source> = Readonly<Record<string, GraphQLFieldResolver<Source, GraphContext>>>;

function setResolvers<Source>(schema: GraphQLSchema, name: string, resolvers: Resolvers<Source>): void {
  const type = schema.getType(name);
  for (const [fieldName, resolve] of Object.entries(resolvers)) {
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    if (!field) throw new TypeError(`there is no field ${name}.${fieldName}`);
    field.resolve = resolve;
  }
}
