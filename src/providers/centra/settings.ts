import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUrl,
  Max,
  Min,
  registerDecorator,
  type ValidationArguments,
} from 'class-validator';

/** Settings of a Centra account; `baseUrl` is that of the plugin, such as `https://acme.centra.com/api/shop`. */
export class CentraSettings {
  /** `shop` speaks for every shopper with the plugin's secret; `checkout` for one, with that shopper's session token. */
  @IsIn(['shop', 'checkout'])
  @HasSecret()
  api: 'shop' | 'checkout' = 'shop';

  /** Shared secret of the plugin. With Checkout API it makes calls server-side ones; without, `origin` is what is checked. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  secret?: string;

  /** Sent as `Origin` with Checkout API, whose plugin may list allowed ones. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  origin?: string;

  /** The pages disagree on the method of `payment-result`. */
  @IsOptional()
  @IsIn(['POST', 'PUT'])
  paymentResultMethod: 'POST' | 'PUT' = 'POST';

  /** Whether a quantity of several units may be sent as as many single adds, each of which authorises the payment anew. */
  @IsOptional()
  @IsBoolean()
  multiSend: boolean = false;

  /** Taken off the end of the window. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(600)
  safetyMarginSeconds: number = 10;

  /** How long after a lost answer a write may still show up: Centra waits for the payment provider meanwhile. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(600)
  settlingSeconds: number = 10;

  /** How long the upsell terms of an order, and the selection it came from, are kept. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3650)
  termsKeptDays: number = 90;
}

/** Shop API without a secret opens nothing. */
function HasSecret(): PropertyDecorator {
  return (target, property) => {
    if (typeof property === 'symbol') return;
    registerDecorator({
      name: 'hasSecret',
      target: target.constructor,
      propertyName: property,
      validator: {
        validate: (api: unknown, { object }: ValidationArguments) =>
          api !== 'shop' || Reflect.get(object, 'secret') !== undefined,
        defaultMessage: () => 'shop needs the `secret` of the plugin beside it',
      },
    });
  };
}
