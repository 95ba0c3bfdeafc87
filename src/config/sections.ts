import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsISO4217CurrencyCode,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { LimitsSection } from './limits.js';
import {
  AsDecimal,
  AsNumber,
  HasBytes,
  IsAddressList,
  IsDatabaseUrl,
  IsHeaderList,
  IsOrigin,
  IsSafeUrl,
  IsWebUrl,
  IsZone,
  OptionalCount,
  OptionalSwitch,
} from './rules.js';
import { TrustedDocumentsSection } from './trusted-documents.js';

/** Groups of the configuration file as written; optional settings may be empty. */
export class CorsSection {
  @IsOrigin()
  readonly origins: readonly string[] = [];

  /** Request headers that pages there may send, besides those of usual clients. */
  @IsOptional()
  @IsHeaderList()
  readonly headers?: readonly string[] | null;
}

export class ServerSection {
  @IsOptional()
  @IsNotEmpty()
  @IsString()
  readonly host?: string | null;

  @IsOptional()
  @AsNumber()
  @Max(65_535)
  @Min(0)
  @IsInt()
  readonly port?: number | null;

  /** Null for on, except in production. */
  @OptionalSwitch()
  readonly graphiql?: boolean | null;

  /** Null for on, except in production without GraphiQL. */
  @OptionalSwitch()
  readonly introspection?: boolean | null;

  @IsOptional()
  @ValidateNested()
  @IsObject()
  @Type(() => CorsSection)
  readonly cors?: CorsSection | null;

  /** Proxies trusted to state the address of a client. */
  @IsOptional()
  @IsAddressList()
  readonly trustedProxies?: readonly string[] | null;

  @IsOptional()
  @ValidateNested()
  @IsObject()
  @Type(() => TrustedDocumentsSection)
  readonly trustedDocuments?: TrustedDocumentsSection | null;

  @IsOptional()
  @ValidateNested()
  @IsObject()
  @Type(() => LimitsSection)
  readonly limits?: LimitsSection | null;

  /** Time during which requests are still accepted after `/readyz` responds with 503. */
  @OptionalCount(0, 300)
  readonly drainDelaySeconds?: number | null;
}

export class AuthSection {
  @IsOptional()
  @IsSafeUrl()
  readonly jwksUrl?: string | null;

  @IsOptional()
  @HasBytes(32)
  readonly secret?: string | null;

  @IsNotEmpty()
  @IsString()
  readonly issuer: string = '';

  @IsNotEmpty()
  @IsString()
  readonly audience: string = '';

  @IsOptional()
  @AsNumber()
  @Max(300)
  @Min(0)
  @IsInt()
  readonly clockToleranceSeconds?: number | null;
}

export class StorageSection {
  @IsOptional()
  @IsDatabaseUrl()
  readonly url?: string | null;

  @IsOptional()
  @IsNotEmpty()
  @IsString()
  readonly file?: string | null;

  @IsOptional()
  @HasBytes(32)
  readonly encryptionKey?: string | null;

  @IsOptional()
  @HasBytes(32)
  readonly previousEncryptionKey?: string | null;

  @IsOptional()
  @AsNumber()
  @Max(3_650)
  @Min(1)
  @IsInt()
  readonly retentionDays?: number | null;

  @IsOptional()
  @AsNumber()
  @Max(720)
  @Min(1)
  @IsInt()
  readonly giveUpAfterHours?: number | null;
}

export class ObservabilitySection {
  @IsOptional()
  @IsWebUrl()
  readonly otlpUrl?: string | null;

  @IsOptional()
  @MaxLength(100)
  @IsNotEmpty()
  @IsString()
  readonly serviceName?: string | null;

  @IsOptional()
  @Max(1)
  @Min(0)
  @IsNumber()
  @AsDecimal()
  readonly sampleRatio?: number | null;

  @OptionalSwitch()
  readonly metrics?: boolean | null;

  @IsOptional()
  @AsNumber()
  @Max(65_535)
  @Min(0)
  @IsInt()
  readonly metricsPort?: number | null;

  @OptionalSwitch()
  readonly requestLog?: boolean | null;
}

export class FileSection {
  @IsOptional()
  @ValidateNested()
  @IsObject()
  @Type(() => ServerSection)
  readonly server?: ServerSection | null;

  @ValidateNested()
  @IsObject()
  @Type(() => AuthSection)
  readonly auth: AuthSection = new AuthSection();

  @IsOptional()
  @ValidateNested()
  @IsObject()
  @Type(() => StorageSection)
  readonly storage?: StorageSection | null;

  @IsOptional()
  @ValidateNested()
  @IsObject()
  @Type(() => ObservabilitySection)
  readonly observability?: ObservabilitySection | null;

  @ArrayNotEmpty()
  @IsArray()
  readonly accounts: readonly unknown[] = [];
}

/** Settings of every account; the rest belongs to its provider. */
export class AccountSection {
  @MaxLength(40)
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: '$property must be lower-case letters, digits and single hyphens' })
  readonly key: string = '';

  @IsString()
  readonly provider: string = '';

  @IsOptional()
  @IsSafeUrl()
  readonly baseUrl?: string | null;

  @IsOptional()
  @MaxLength(100)
  @IsNotEmpty()
  @IsString()
  readonly label?: string | null;

  @IsOptional()
  @IsISO4217CurrencyCode({ message: '$property must be an ISO 4217 currency code such as USD' })
  readonly currency?: string | null;

  @IsOptional()
  @IsZone()
  readonly timeZone?: string | null;

  @IsOptional()
  @AsNumber()
  @Max(60_000)
  @Min(100)
  @IsInt()
  readonly timeoutMs?: number | null;

  /** Call limits that differ from the provider's. */
  @IsOptional()
  @IsObject()
  readonly limits?: Readonly<Record<string, unknown>> | null;

  /** Lifetime of a cached response, per caller. */
  @OptionalCount(0, 300)
  readonly cacheSeconds?: number | null;

  @IsOptional()
  @IsIn(['live', 'test'])
  readonly environment?: 'live' | 'test' | null;
}
