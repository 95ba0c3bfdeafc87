import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { Holds, OptionalChoice, OptionalCount, OptionalSeconds, OptionalText, OptionalUrl } from '../kit/settings.js';

/** Settings of a Centra account; `baseUrl` is that of the plugin, such as `https://acme.centra.com/api/shop`. */
export class CentraSettings {
  /** `shop` speaks for every shopper with the plugin's secret; `checkout` for one, with that shopper's session token. */
  @IsIn(['shop', 'checkout'])
  @Holds(
    'hasSecret',
    'shop needs the `secret` of the plugin beside it',
    ({ api, secret }) => api !== 'shop' || secret !== undefined,
  )
  api: 'shop' | 'checkout' = 'shop';

  /** Shared secret of the plugin. With Checkout API it makes calls server-side ones; without, `origin` is what is checked. */
  @OptionalText()
  secret?: string;

  /** Sent as `Origin` with Checkout API, whose plugin may list allowed ones. */
  @OptionalUrl()
  origin?: string;

  /** The pages disagree on the method of `payment-result`. */
  @OptionalChoice('POST', 'PUT')
  paymentResultMethod: 'POST' | 'PUT' = 'POST';

  /** Whether a quantity of several units may be sent as as many single adds, each of which authorises the payment anew. */
  @IsOptional()
  @IsBoolean()
  multiSend: boolean = false;

  /** Taken off the end of the window. */
  @OptionalSeconds(600)
  safetyMarginSeconds: number = 10;

  /** How long after a lost answer a write may still show up: Centra waits for the payment provider meanwhile. */
  @OptionalSeconds(600)
  settlingSeconds: number = 10;

  /** How long the upsell terms of an order, and the selection it came from, are kept. */
  @OptionalCount(1, 3650)
  termsKeptDays: number = 90;
}
