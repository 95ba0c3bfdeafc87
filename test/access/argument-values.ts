import {
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  isAbstractType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { argumentsOf, type PlannedField } from './field-paths.js';
import type { Subject } from './subjects.js';

/** Left out on purpose: it names no record. */
const OMITTED = Symbol('omitted');
/** The field cannot be asked about this subject. */
const NOT_ABOUT_IT = Symbol('not about it');

type Generate = (subject: Subject | null, field: GraphQLField<unknown, unknown>, schema: GraphQLSchema) => unknown;

const omitted: Generate = () => OMITTED;
const always =
  (value: unknown): Generate =>
  () =>
    value;

function about(type: Subject['type'], value: (subject: Subject) => unknown): Generate {
  return (subject) => (subject?.type === type ? value(subject) : NOT_ABOUT_IT);
}

function withId(value: (subject: Subject) => unknown): Generate {
  return (subject, field, schema) => {
    const type = getNamedType(field.type);
    const own = subject && schema.getType(subject.type);
    const fits = isObjectType(own) && (own === type || (isAbstractType(type) && schema.isSubType(type, own)));
    return subject && fits ? value(subject) : NOT_ABOUT_IT;
  };
}

let keys = 0;

/**
 * What each argument and each field of an input is filled with, by its name or, where that is not enough, by the type or
 * field it belongs to. One that is missing here fails the walk.
 */
const generators: Readonly<Record<string, Generate>> = {
  id: withId(({ id }) => id),
  ids: withId(({ id }) => [id]),
  representations: withId(({ type, id }) => [{ __typename: type, id }]),
  'Query.operationByKey.idempotencyKey': about('UpsellOperation', ({ key }) => key),
  idempotencyKey: () => `walked-key-${String((keys += 1)).padStart(8, '0')}`,
  'Query.orderByProviderId.accountKey': about('Order', ({ account }) => account),
  'Query.orderByProviderId.providerId': about('Order', ({ providerId }) => providerId),
  'CustomerIdentityInput.accountKey': about('Customer', ({ account }) => account),
  'CustomerIdentityInput.providerId': about('Customer', ({ providerId }) => providerId),
  'CompleteCheckoutInput.accountKey': about('Checkout', ({ account }) => account),
  providerCheckoutId: about('Checkout', ({ key }) => key),
  paymentFields: always({ klarna_order: 'k-1' }),
  orderId: about('Order', ({ id }) => id),
  operationId: about('UpsellOperation', ({ id }) => id),
  lineItemId: about('LineItem', ({ id }) => id),
  'DeclineUpsellOfferInput.offerId': about('Order', ({ offerId }) => offerId ?? NOT_ABOUT_IT),
  'ConvertToSubscriptionInput.offerId': omitted,
  'Order.eligibility.item': omitted,
  'UpsellItemInput.offerId': (subject) => (subject?.product ? OMITTED : (subject?.offerId ?? OMITTED)),
  'UpsellItemInput.providerProduct': (subject) => subject?.product ?? OMITTED,
  'UpsellItemInput.productId': omitted,
  previewId: (subject) => subject?.previewId ?? OMITTED,
  'ConvertToSubscriptionInput.subscribe': always({ frequency: { every: 1, unit: 'MONTH' } }),
  quantity: always(1),
  'Query.upcomingOrders.first': always(5),
  'Customer.upcomingOrders.first': always(2),
  'Customer.subscriptions.first': always(9),
  'Order.lineItems.first': always(3),
  purchaseMode: omitted,
  subscribe: (subject) => subject?.subscribe ?? OMITTED,
  after: omitted,
  accountKeys: omitted,
  statuses: omitted,
  origin: omitted,
  provider: omitted,
  ifPresent: omitted,
  ifTargetMoved: omitted,
  maxIncrease: omitted,
  answerWithin: omitted,
  'UpsellViewer.operations.open': omitted,
  'UpsellViewer.operations.first': always(3),
};

export type Variables = Readonly<Record<string, unknown>>;

/** Values for all arguments of a planned field; null when it cannot be asked about the subject. */
export function variablesFor(schema: GraphQLSchema, root: PlannedField, subject: Subject | null): Variables | null {
  const values = argumentsOf(root).map(
    ({ argument, coordinate, field, variable }) =>
      [variable, valueOf(argument.name, coordinate, argument.type, { subject, field, schema })] as const,
  );
  if (values.some(([, value]) => value === NOT_ABOUT_IT)) return null;
  return Object.fromEntries(values.filter(([, value]) => value !== OMITTED));
}

interface Asked {
  readonly subject: Subject | null;
  readonly field: GraphQLField<unknown, unknown>;
  readonly schema: GraphQLSchema;
}

function valueOf(name: string, coordinate: string, type: GraphQLInputType, asked: Asked): unknown {
  const generate = generators[coordinate] ?? generators[name];
  if (generate) return generate(asked.subject, asked.field, asked.schema);
  if (isNonNullType(type)) return valueOf(name, coordinate, type.ofType, asked);
  if (isListType(type)) {
    const value = valueOf(name, coordinate, type.ofType, asked);
    return typeof value === 'symbol' ? value : [value];
  }
  if (!isInputObjectType(type)) throw new TypeError(`nothing is known to fill ${coordinate} with`);
  const fields = Object.values(type.getFields()).map(
    (field) => [field.name, valueOf(field.name, `${type.name}.${field.name}`, field.type, asked)] as const,
  );
  if (fields.some(([, value]) => value === NOT_ABOUT_IT)) return NOT_ABOUT_IT;
  const given = fields.filter(([, value]) => value !== OMITTED);
  return given.length > 0 ? Object.fromEntries(given) : OMITTED;
}
