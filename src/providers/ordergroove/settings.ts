import { Matches } from 'class-validator';
import { Holds, OptionalChoice, OptionalCount, OptionalSeconds, OptionalText, OptionalUrl } from '../kit/settings.js';

/** Settings of an Ordergroove account. Where the documentation can be read two ways, one of them chooses. */
export class OrdergrooveSettings {
  @Holds(
    'hasCredential',
    'needs an `apiKey` or a `storefrontKey` beside it',
    ({ apiKey, storefrontKey }) => apiKey !== undefined || storefrontKey !== undefined,
  )
  @Matches(/^[0-9a-f]{32}$/, { message: 'must be the merchant id: 32 hexadecimal characters in lower case' })
  merchantId!: string;

  /** Application scope, for all shoppers. Used when both credentials are set. */
  @OptionalText()
  apiKey?: string;

  /** Storefront scope: signs each request for one shopper. */
  @OptionalText()
  storefrontKey?: string;

  /** Looked up at the offers host when not set. */
  @OptionalText(64)
  offerId?: string;

  @OptionalUrl()
  offersBaseUrl: string = 'https://offers.ordergroove.com';

  /** `cursor` sends `X-OG-API-VERSION: 2`; `page` is the older paging with a count. */
  @OptionalChoice('cursor', 'page')
  pagination: 'cursor' | 'page' = 'cursor';

  @OptionalChoice('single-call', 'two-step')
  addAsSubscription: 'single-call' | 'two-step' = 'single-call';

  /** What a product without any eligibility group is, when only the product list can tell. */
  @OptionalChoice('eligible', 'ineligible')
  emptyEligibilityGroups: 'eligible' | 'ineligible' = 'eligible';

  /** Whether an order that holds a prepaid item takes other items. */
  @OptionalChoice('refused', 'accepted')
  itemsOnPrepaidOrders: 'refused' | 'accepted' = 'refused';

  /** Central hour from which orders of the day are placed: the merchant's placement setting, or the earliest possible. */
  @OptionalCount(0, 11)
  placementHour: number = 0;

  /** Taken off the end of the window. */
  @OptionalSeconds(86_400)
  safetyMarginSeconds: number = 60;

  /** How long after a lost answer a write may still show up. */
  @OptionalSeconds(600)
  settlingSeconds: number = 5;
}
