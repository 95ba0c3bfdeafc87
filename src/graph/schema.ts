import 'reflect-metadata';
import {
  GraphQLInputObjectType,
  type GraphQLInterfaceType,
  type GraphQLSchema,
  isAbstractType,
  specifiedDirectives,
} from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { CompleteCheckoutMutation } from './checkout/complete-checkout.mutation.js';
import { CustomerResolver } from './customer/customer.resolver.js';
import { ViewerResolver } from './customer/viewer.resolver.js';
import { UpsellEligibilityResolver } from './eligibility/upsell-eligibility.resolver.js';
import {
  EligibilityReasonResolver,
  IdempotencyConflictErrorResolver,
  NotPermittedErrorResolver,
  OutcomeUnknownErrorResolver,
  TargetMovedErrorResolver,
  UpsellErrorResolver,
} from './errors/refusal.resolver.js';
import { errorTypeOf } from './errors/upsell-error.type.js';
import { installFastResolvers } from './fast-resolvers.js';
import { LineItemResolver } from './line-item/line-item.resolver.js';
import { NodeResolver } from './node/node.resolver.js';
import { nodeTypeOf } from './node/node.type.js';
import { UpsellOfferResolver } from './offer/upsell-offer.resolver.js';
import { AppliedDifferenceResolver, OperationStepResolver } from './operation/operation-parts.resolver.js';
import { OperationUpdatedSubscription } from './operation/operation-updated.subscription.js';
import { OperationPayloadResolver, OperationResolver } from './operation/operation.resolver.js';
import { OrderUpdatedSubscription } from './order/order-updated.subscription.js';
import { OrderTotalsResolver } from './order/order-totals.resolver.js';
import { OrderResolver } from './order/order.resolver.js';
import { UpsellPreviewResolver } from './preview/upsell-preview.resolver.js';
import { ProductResolver } from './product/product.resolver.js';
import { type DescribedProvider, nameProviders, quoteIdMeanings } from './provider-account/described-provider.js';
import { ProviderAccountResolver } from './provider-account/provider-account.resolver.js';
import { SEMANTIC_NON_NULL } from './semantic-non-null.js';
import { SubscriptionContractResolver } from './subscription/subscription-contract.resolver.js';
import { AddUpsellItemMutation } from './upsell/add-upsell-item.mutation.js';
import { ChangeUpsellItemQuantityMutation } from './upsell/change-upsell-item-quantity.mutation.js';
import { ConvertToSubscriptionMutation } from './upsell/convert-to-subscription.mutation.js';
import { DeclineUpsellOfferMutation } from './upsell/decline-upsell-offer.mutation.js';
import { RemoveUpsellItemMutation } from './upsell/remove-upsell-item.mutation.js';

/** Builds the schema for these providers, to be executed with a `GraphContext`. */
export function buildGraphSchema(providers: readonly DescribedProvider[]): GraphQLSchema {
  nameProviders(providers);
  const schema = buildSchemaSync({
    resolvers: [
      AddUpsellItemMutation,
      ChangeUpsellItemQuantityMutation,
      CompleteCheckoutMutation,
      ConvertToSubscriptionMutation,
      CustomerResolver,
      EligibilityReasonResolver,
      DeclineUpsellOfferMutation,
      AppliedDifferenceResolver,
      IdempotencyConflictErrorResolver,
      LineItemResolver,
      NodeResolver,
      NotPermittedErrorResolver,
      OperationPayloadResolver,
      OperationResolver,
      OperationStepResolver,
      OperationUpdatedSubscription,
      OrderResolver,
      OrderTotalsResolver,
      OrderUpdatedSubscription,
      OutcomeUnknownErrorResolver,
      ProductResolver,
      ProviderAccountResolver,
      RemoveUpsellItemMutation,
      SubscriptionContractResolver,
      TargetMovedErrorResolver,
      UpsellEligibilityResolver,
      UpsellErrorResolver,
      UpsellOfferResolver,
      UpsellPreviewResolver,
      ViewerResolver,
    ],
    validate: false,
    // Apollo Server checks it as well, without running the whole introspection.
    skipCheck: true,
    pubSub: NO_PUB_SUB,
    directives: [...specifiedDirectives, SEMANTIC_NON_NULL],
  });
  useSyncTypeResolvers(schema, {
    Node: nodeTypeOf,
    UpsellError: errorTypeOf,
  });
  installFastResolvers(schema);
  requireOneField(schema, 'UpsellItemInput');
  describeRoots(schema);
  quoteIdMeanings(schema, providers);
  return schema;
}

/** Demanded by type-graphql although every subscription opens a source of its own. */
const NO_PUB_SUB = {
  publish() {},
  subscribe(): never {
    throw new TypeError('a subscription has no source of its own');
  },
};

/** Makes type resolvers synchronous: type-graphql wraps each result in a promise, which compiled operations do not accept. */
function useSyncTypeResolvers(schema: GraphQLSchema, resolvers: Readonly<Record<string, TypeResolver>>): void {
  for (const [name, resolveType] of Object.entries(resolvers)) {
    const type = schema.getType(name);
    if (!isAbstractType(type)) throw new TypeError(`there is no interface or union ${name}`);
    type.resolveType = resolveType;
  }
}

type TypeResolver = NonNullable<GraphQLInterfaceType['resolveType']>;

/** Enforces `@oneOf`, which type-graphql only prints. */
function requireOneField(schema: GraphQLSchema, input: string): void {
  const type = schema.getType(input);
  if (!(type instanceof GraphQLInputObjectType)) throw new TypeError(`there is no input type ${input}`);
  type.isOneOf = true;
}

const SCHEMA_DESCRIPTION = `Adds one more thing to an order that exists, at several commerce platforms.

What a provider did not say is null, never a guess. A field marked @semanticNonNull is null only together with an entry in \`errors\`.
Fields, types of errors and values of enums may be added at any time: the enums that steer code say what to do with a value you do
not know, and for an error you do not know do what \`retry\` says. What goes is deprecated first, with its replacement and the day until
which it stays, at least six months later; only a major version removes it.`;

/** Sets the descriptions of the root types, for which type-graphql has no option. */
function describeRoots(schema: GraphQLSchema): void {
  schema.description = SCHEMA_DESCRIPTION;
  const [query, mutation, subscription] = [
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ];
  if (subscription) {
    subscription.description =
      'Events as `text/event-stream`. The first is the state now; the others are noticed changes, at most one a second.';
  }
  if (query)
    query.description = 'Reads. A field that needs a provider is null when that provider fails; the rest stays.';
  if (mutation) {
    mutation.description =
      'Every write reports success only after reading it back. All but `completeCheckout` take an idempotency key and are safe to send again with the same key.';
  }
}
