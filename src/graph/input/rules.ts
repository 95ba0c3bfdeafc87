import { IsOptional, Matches, Max, MaxLength, Min, MinLength, ValidateBy, ValidateNested } from 'class-validator';
import type { ValidationArguments } from 'class-validator';
import { parseMoney } from '../../domain/money.js';
import { fromGlobalId, refOfType, type EntityType } from '../../domain/reference.js';
import { offerKeysOf } from '../offer/offer-of-order.js';
import { decodePreviewId } from '../preview/preview-id.js';

/** Longest text accepted from clients, because texts enter a provider's URLs and logs. */
const MAX_TEXT_LENGTH = 512;

/** Treats null like an absent value. */
export const IsWhenGiven = IsOptional;

export function IsNested(): PropertyDecorator {
  return all(IsOptional(), ValidateNested());
}

export function IsBetween(least: number, most: number): PropertyDecorator {
  const message = `This must be a whole number from ${least} to ${most}.`;
  return all(Min(least, { message }), Max(most, { message }));
}

export function IsQuantity(): PropertyDecorator {
  return IsBetween(1, 999);
}

export function IsText(): PropertyDecorator {
  return all(
    MinLength(1, { message: 'This must not be empty.' }),
    MaxLength(MAX_TEXT_LENGTH, { message: `This must not be longer than ${MAX_TEXT_LENGTH} characters.` }),
  );
}

export function IsIdempotencyKey(): PropertyDecorator {
  const message = 'An idempotency key has 16 to 128 characters.';
  return all(
    MinLength(16, { message }),
    MaxLength(128, { message }),
    Matches(/^[ -~]*$/, { message: 'An idempotency key is made of printable ASCII characters.' }),
  );
}

export function IsKnownMode(): PropertyDecorator {
  return rule('isKnownMode', 'This must be ONE_TIME or SUBSCRIPTION.', (value) => value !== 'UNKNOWN');
}

/** Requires a global ID of one type, whether or not the record exists. */
export function IsIdOf(type: EntityType): PropertyDecorator {
  return rule('isIdOf', `This is not the ID of a record of type ${type}.`, (value) => isId(value, type));
}

export function IsPreviewId(): PropertyDecorator {
  return rule('isPreviewId', 'This is not the ID of a preview.', (value) => {
    return typeof value === 'string' && decodePreviewId(value) !== null;
  });
}

/** Requires a non-negative amount that fits the currency of a sibling field. */
export function IsAmountIn(currencyField: string): PropertyDecorator {
  return rule('isAmount', 'This must be an amount of the currency, zero or more.', (value, beside) => {
    const currency = beside(currencyField);
    if (typeof value !== 'string' || typeof currency !== 'string') return false;
    const money = parseMoney(value, currency, 'PROVIDER');
    return money !== null && money.minor >= 0n;
  });
}

/** Requires the ID of an offer, which belongs to an order. */
export function IsOfferId(): PropertyDecorator {
  return rule('isIdOf', 'This is not the ID of a record of type UpsellOffer.', (value) => {
    return typeof value === 'string' && offerKeysOf(value) !== null;
  });
}

/** Requires an offer, or an item's offer, of the order in a sibling field. Ignores malformed IDs, which other rules reject. */
export function IsForOrder(orderIdField: string): PropertyDecorator {
  return rule('sameOrder', 'This is an offer of another order.', (value, beside) => {
    const orderId = beside(orderIdField);
    const order = typeof orderId === 'string' ? refOfType(orderId, 'Order') : null;
    const offerId: unknown = value instanceof Object ? Reflect.get(value, 'offerId') : value;
    const offer = typeof offerId === 'string' ? offerKeysOf(offerId) : null;
    return !order || !offer || offer.orderKey === order.key;
  });
}

/** Requires an ID, or an item's IDs, of the same account as a sibling ID. Ignores malformed IDs, which other rules reject. */
export function IsSameAccountAs(idField: string): PropertyDecorator {
  return rule('sameAccount', 'This belongs to another provider account.', (value, beside) => {
    const account = accountOf(beside(idField));
    return account === undefined || idsIn(value).every((id) => [undefined, account].includes(accountOf(id)));
  });
}

function accountOf(id: unknown): string | undefined {
  return typeof id === 'string' ? fromGlobalId(id)?.account : undefined;
}

function idsIn(value: unknown): readonly string[] {
  const candidates: readonly unknown[] = value instanceof Object ? Object.values(value) : [value];
  return candidates.filter((candidate) => typeof candidate === 'string');
}

function isId(value: unknown, type: EntityType): boolean {
  return typeof value === 'string' && refOfType(value, type) !== null;
}

/** Creates a validation decorator; `beside` returns the value of a sibling field. */
function rule(
  name: string,
  message: string,
  holds: (value: unknown, beside: (field: string) => unknown) => boolean,
): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value: unknown, args?: ValidationArguments) =>
        holds(value, (field): unknown => args && Reflect.get(args.object, field)),
      defaultMessage: () => message,
    },
  });
}

function all(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}
