import { Matches } from 'class-validator';
import type { Account } from '../../domain/account.js';
import { OptionalCount, OptionalSeconds, OptionalText, RequiredText } from '../kit/settings.js';
import { Setting } from '../../domain/setting.js';

/** Settings of an Appstle account. */
export class AppstleSettings {
  @Setting('Key of one shop.')
  @RequiredText()
  apiKey!: string;

  @Setting("Sent beside the key by Appstle's partners.")
  @OptionalText()
  appKey?: string;

  @Setting('Shopify domain of the shop, such as `acme.myshopify.com`.')
  @Matches(/^[a-zA-Z0-9][a-zA-Z0-9-]*\.myshopify\.com$/, {
    message: 'must be the Shopify domain of the shop, such as acme.myshopify.com',
  })
  shop!: string;

  @Setting('Taken off the end of the window.')
  @OptionalSeconds(86_400)
  safetyMarginSeconds: number = 60;

  @Setting('How long after a lost response a write may still show up.')
  @OptionalSeconds(600)
  settlingSeconds: number = 20;

  @Setting('Longest wait for one write, in milliseconds: Appstle takes several seconds.')
  @OptionalCount(100, 60_000)
  writeTimeoutMs: number = 15_000;
}

export type AppstleAccount = Account<AppstleSettings>;
