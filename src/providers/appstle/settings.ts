import { IsInt, IsNotEmpty, IsOptional, IsString, Matches, Max, Min } from 'class-validator';

/** Settings of an Appstle account. */
export class AppstleSettings {
  /** One key of one shop. */
  @IsString()
  @IsNotEmpty()
  apiKey!: string;

  /** Sent beside the key by Appstle's partners. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  appKey?: string;

  @Matches(/^[a-zA-Z0-9][a-zA-Z0-9-]*\.myshopify\.com$/, {
    message: 'must be the Shopify domain of the shop, such as acme.myshopify.com',
  })
  shop!: string;

  /** Taken off the end of the window: Appstle documents no cutoff before billing. */
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
  settlingSeconds: number = 20;

  /** A write takes Appstle several seconds, longer than a read may. */
  @IsOptional()
  @IsInt()
  @Min(100)
  @Max(60_000)
  writeTimeoutMs: number = 15_000;
}
