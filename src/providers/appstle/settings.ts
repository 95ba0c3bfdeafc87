import { Matches } from 'class-validator';
import type { Account } from '../../domain/account.js';
import { OptionalCount, OptionalSeconds, OptionalText, RequiredText } from '../kit/settings.js';

/** Settings of an Appstle account. */
export class AppstleSettings {
  /** One key of one shop. */
  @RequiredText()
  apiKey!: string;

  /** Sent beside the key by Appstle's partners. */
  @OptionalText()
  appKey?: string;

  @Matches(/^[a-zA-Z0-9][a-zA-Z0-9-]*\.myshopify\.com$/, {
    message: 'must be the Shopify domain of the shop, such as acme.myshopify.com',
  })
  shop!: string;

  /** Taken off the end of the window: Appstle documents no cutoff before billing. */
  @OptionalSeconds(86_400)
  safetyMarginSeconds: number = 60;

  /** How long after a lost answer a write may still show up. */
  @OptionalSeconds(600)
  settlingSeconds: number = 20;

  /** A write takes Appstle several seconds, longer than a read may. */
  @OptionalCount(100, 60_000)
  writeTimeoutMs: number = 15_000;
}

export type AppstleAccount = Account<AppstleSettings>;
