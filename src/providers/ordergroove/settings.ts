import { Matches } from 'class-validator';
import { Holds, OptionalChoice, OptionalCount, OptionalSeconds, OptionalText, OptionalUrl } from '../kit/settings.js';
import type { Account } from '../../domain/account.js';
import { Setting } from '../../domain/setting.js';

/** Settings of an Ordergroove account. Where the documentation can be read two ways, one of them chooses. */
export class OrdergrooveSettings {
  @Setting('The merchant, 32 hexadecimal characters.')
  @Holds(
    'hasCredential',
    'needs an `apiKey` or a `storefrontKey` beside it',
    ({ apiKey, storefrontKey }) => apiKey !== undefined || storefrontKey !== undefined,
  )
  @Matches(/^[0-9a-f]{32}$/, { message: 'must be the merchant id: 32 hexadecimal characters in lower case' })
  merchantId!: string;

  @Setting('Application key: for all shoppers; wins over `storefrontKey`. One of the two is required.')
  @OptionalText()
  apiKey?: string;

  @Setting('Storefront key: signs each request for one shopper.')
  @OptionalText()
  storefrontKey?: string;

  @Setting('The offer that items are added under; looked up at the offers host when not set.')
  @OptionalText(64)
  offerId?: string;

  @Setting('The offers host; the one of the same environment as `baseUrl` when not set.')
  @OptionalUrl()
  offersBaseUrl?: string;

  @Setting('`cursor` sends `X-OG-API-VERSION: 2`; `page` is the older paging with a count.')
  @OptionalChoice('cursor', 'page')
  pagination: 'cursor' | 'page' = 'cursor';

  @Setting('Adds a subscription in one call, or an item first.')
  @OptionalChoice('single-call', 'two-step')
  addAsSubscription: 'single-call' | 'two-step' = 'single-call';

  @Setting('What a product without any eligibility group is.')
  @OptionalChoice('eligible', 'ineligible')
  emptyEligibilityGroups: 'eligible' | 'ineligible' = 'eligible';

  @Setting('Whether an order that holds a prepaid item takes other items.')
  @OptionalChoice('refused', 'accepted')
  itemsOnPrepaidOrders: 'refused' | 'accepted' = 'refused';

  @Setting('Hour, US Central, from which orders of the day are placed.')
  @OptionalCount(0, 11)
  placementHour: number = 0;

  @Setting('Taken off the end of the window.')
  @OptionalSeconds(86_400)
  safetyMarginSeconds: number = 60;

  @Setting('How long after a lost response a write may still show up.')
  @OptionalSeconds(600)
  settlingSeconds: number = 5;
}

/** Returns the offers host of production, or of staging where the API is staging's. */
export function offersBaseUrlOf({ baseUrl, settings }: Account<OrdergrooveSettings>): string {
  if (settings.offersBaseUrl !== undefined) return settings.offersBaseUrl.replace(/\/+$/, '');
  const isStaging = new URL(baseUrl).hostname.startsWith('staging.');
  return isStaging ? 'https://staging.offers.ordergroove.com' : 'https://offers.ordergroove.com';
}
