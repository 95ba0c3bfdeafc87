import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { Holds, OptionalChoice, OptionalCount, OptionalSeconds, OptionalText, OptionalUrl } from '../kit/settings.js';
import { Setting } from '../../domain/setting.js';

/** Settings of a Centra account; `baseUrl` is that of the plugin, such as `https://acme.centra.com/api/shop`. */
export class CentraSettings {
  @Setting(
    "`shop` speaks for every shopper with the plugin's secret, `checkout` for one with that shopper's session token.",
  )
  @IsIn(['shop', 'checkout'])
  @Holds(
    'hasSecret',
    'shop needs the `secret` of the plugin beside it',
    ({ api, secret }) => api !== 'shop' || secret !== undefined,
  )
  api: 'shop' | 'checkout' = 'shop';

  @Setting('Shared secret of the plugin; required with `shop`.')
  @OptionalText()
  secret?: string;

  @Setting('Sent as `Origin` with `checkout`, whose plugin may list allowed ones.')
  @OptionalUrl()
  origin?: string;

  @Setting('Method of `payment-result`, on which the documentation disagrees.')
  @OptionalChoice('POST', 'PUT')
  paymentResultMethod: 'POST' | 'PUT' = 'POST';

  @Setting('Sends several units as several single adds, each of which authorises the payment anew.')
  @IsOptional()
  @IsBoolean()
  multiSend: boolean = false;

  @Setting('Whether a conversion may join a contract that states neither its payment nor its country.')
  @OptionalChoice('refuse', 'try')
  unstatedContracts: 'refuse' | 'try' = 'refuse';

  @Setting('What a conversion does when several contracts could take the item.')
  @OptionalChoice('refuse', 'newest')
  severalContracts: 'refuse' | 'newest' = 'refuse';

  @Setting('Taken off the end of the window.')
  @OptionalSeconds(600)
  safetyMarginSeconds: number = 10;

  @Setting('How long after a lost response a write may still show up.')
  @OptionalSeconds(600)
  settlingSeconds: number = 10;

  @Setting('How long the upsell terms of an order are kept.')
  @OptionalCount(1, 3650)
  termsKeptDays: number = 90;
}
