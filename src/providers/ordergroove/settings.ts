import {
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
  registerDecorator,
  type ValidationArguments,
} from 'class-validator';

/** Settings of an Ordergroove account. Where the documentation can be read two ways, one of them chooses. */
export class OrdergrooveSettings {
  @HasCredential()
  @Matches(/^[0-9a-f]{32}$/, { message: 'must be the merchant id: 32 hexadecimal characters in lower case' })
  merchantId!: string;

  /** Application scope, for all shoppers. Used when both credentials are set. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  apiKey?: string;

  /** Storefront scope: signs each request for one shopper. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  storefrontKey?: string;

  /** Looked up at the offers host when not set. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  offerId?: string;

  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  offersBaseUrl: string = 'https://offers.ordergroove.com';

  /** `cursor` sends `X-OG-API-VERSION: 2`; `page` is the older paging with a count. */
  @IsOptional()
  @IsIn(['cursor', 'page'])
  pagination: 'cursor' | 'page' = 'cursor';

  @IsOptional()
  @IsIn(['single-call', 'two-step'])
  addAsSubscription: 'single-call' | 'two-step' = 'single-call';

  /** What a product without any eligibility group is, when only the product list can tell. */
  @IsOptional()
  @IsIn(['eligible', 'ineligible'])
  emptyEligibilityGroups: 'eligible' | 'ineligible' = 'eligible';

  /** Whether an order that holds a prepaid item takes other items. */
  @IsOptional()
  @IsIn(['refused', 'accepted'])
  itemsOnPrepaidOrders: 'refused' | 'accepted' = 'refused';

  /** Central hour from which orders of the day are placed: the merchant's placement setting, or the earliest possible. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(11)
  placementHour: number = 0;

  /** Taken off the end of the window. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(86_400)
  safetyMarginSeconds: number = 60;

  /** How long after a lost answer a write may still show up. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(600)
  settlingSeconds: number = 5;
}

/** Sits on a setting that is always given, so that the message is read in full. */
function HasCredential(): PropertyDecorator {
  return (target, property) => {
    if (typeof property === 'symbol') return;
    registerDecorator({
      name: 'hasCredential',
      target: target.constructor,
      propertyName: property,
      validator: {
        validate: (_value: unknown, { object }: ValidationArguments) =>
          ['apiKey', 'storefrontKey'].some((name) => Reflect.get(object, name) !== undefined),
        defaultMessage: () => 'needs an `apiKey` or a `storefrontKey` beside it',
      },
    });
  };
}
