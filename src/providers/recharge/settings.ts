import { Matches } from 'class-validator';
import type { Account } from '../../domain/account.js';
import { Setting } from '../../domain/setting.js';
import { OptionalChoice, OptionalCount, OptionalSeconds, RequiredText } from '../kit/settings.js';

/** Settings of a Recharge account. Where the documentation can be read two ways, one of them chooses. */
export class RechargeSettings {
  @Setting('Admin token of the store, sent as `X-Recharge-Access-Token`.')
  @RequiredText()
  accessToken!: string;

  @Setting('When charges are processed, `HH:MM` in US Eastern time; asked only where items for today are allowed.')
  @Matches(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { message: 'must be a time of day such as 00:00' })
  processingTime: string = '00:00';

  @Setting('Whether items may still be added on the day of a charge.')
  @OptionalChoice('refuse', 'allow')
  itemsForToday: 'refuse' | 'allow' = 'refuse';

  @Setting('Taken off the end of the window.')
  @OptionalSeconds(86_400)
  safetyMarginSeconds: number = 300;

  @Setting(
    'How long after a lost response a write may still show up, and how long a rebuild of a charge is waited for.',
  )
  @OptionalSeconds(600)
  settlingSeconds: number = 20;

  @Setting('Longest wait for one write, in milliseconds: a rebuild may be part of the answer.')
  @OptionalCount(100, 60_000)
  writeTimeoutMs: number = 15_000;

  @Setting('Where products are looked up; `none` states no prices and no stock.')
  @OptionalChoice('search', 'none')
  catalogue: 'search' | 'none' = 'search';

  @Setting('Whether Recharge prices an added item, or is sent the price of its own catalogue.')
  @OptionalChoice('server', 'catalogue')
  priceSource: 'server' | 'catalogue' = 'server';

  @Setting(
    'Whether an added item carries the key of its operation in `_upsell_operation`; `off` compares lists instead.',
  )
  @OptionalChoice('on', 'off')
  operationProperty: 'on' | 'off' = 'on';

  @Setting('Which charges in error keep an item off: those of the customer, or of the address.')
  @OptionalChoice('customer', 'address')
  errorChargesBlock: 'customer' | 'address' = 'customer';

  @Setting('Whether a product may be subscribed to twice on one address.')
  @OptionalChoice('refuse', 'allow')
  secondSubscription: 'refuse' | 'allow' = 'refuse';

  @Setting('Whether writes of one-time items are sent with `commit=true`.')
  @OptionalChoice('off', 'on')
  commitOnetimes: 'off' | 'on' = 'off';
}

export type RechargeAccount = Account<RechargeSettings>;
