import 'reflect-metadata';
import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsISO4217CurrencyCode,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { AuthSection } from './auth-sections.js';
import { LimitsSection } from './limits.js';
import {
  HasBytes,
  IsAddressList,
  IsDatabaseUrl,
  IsRedisUrl,
  IsHeaderList,
  IsOrigin,
  IsSafeUrl,
  IsSecretList,
  IsWebUrl,
  IsZone,
  OptionalCount,
  Group,
  OptionalGroup,
  OptionalSwitch,
} from './rules.js';
import { TrustedDocumentsSection } from './trusted-documents.js';
import { Setting } from '../domain/setting.js';

/** Groups of the configuration file as written; optional settings may be empty. */
export class CorsSection {
  @Setting('Origins of other sites whose pages may call the graph.')
  @IsOrigin()
  readonly origins: readonly string[] = [];

  @Setting('Request headers that pages there may send, besides those of usual clients.')
  @IsOptional()
  @IsHeaderList()
  readonly headers?: readonly string[] | null;
}

export class ServerSection {
  @Setting('Address to listen on; `HOST` overrides it.', { default: '127.0.0.1' })
  @IsOptional()
  @IsNotEmpty()
  @IsString()
  readonly host?: string | null;

  @Setting('Port to listen on, 0 for any free one; `PORT` overrides it.', { default: 4000 })
  @OptionalCount(0, 65_535)
  readonly port?: number | null;

  @Setting('Serves GraphiQL at `/`.', { default: 'true, false when NODE_ENV=production' })
  @OptionalSwitch()
  readonly graphiql?: boolean | null;

  @Setting('Lets clients read the schema.', { default: 'true, as `graphiql` when NODE_ENV=production' })
  @OptionalSwitch()
  readonly introspection?: boolean | null;

  @Setting('Pages of other sites that may call the graph.')
  @OptionalGroup(() => CorsSection)
  readonly cors?: CorsSection | null;

  @Setting('Proxies whose `X-Forwarded-For` is believed.')
  @IsOptional()
  @IsAddressList()
  readonly trustedProxies?: readonly string[] | null;

  @Setting('Documents that clients name by hash: see [limits](limits.md#trusted-documents).')
  @OptionalGroup(() => TrustedDocumentsSection)
  readonly trustedDocuments?: TrustedDocumentsSection | null;

  @Setting('Limits on requests: see [limits](limits.md).')
  @OptionalGroup(() => LimitsSection)
  readonly limits?: LimitsSection | null;

  @Setting('Time during which requests are still accepted after `/readyz` responds with 503.', { default: 5 })
  @OptionalCount(0, 300)
  readonly drainDelaySeconds?: number | null;

  @Setting('Time after that until the process ends, whatever still runs.', { default: 30 })
  @OptionalCount(1, 30)
  readonly stopSeconds?: number | null;
}

export class StorageSection {
  @Setting('PostgreSQL, for several replicas.')
  @IsOptional()
  @IsDatabaseUrl()
  readonly url?: string | null;

  @Setting('Embedded ledger of one process, in place of `url`.', { default: '.data/ledger.db' })
  @IsOptional()
  @IsNotEmpty()
  @IsString()
  readonly file?: string | null;

  @Setting('The most connections of a process to PostgreSQL; one more listens for notifications.', { default: 10 })
  @OptionalCount(1, 200)
  readonly connections?: number | null;

  @Setting('PostgreSQL past any pooler, for notifications between replicas; else `url`.')
  @IsOptional()
  @IsDatabaseUrl()
  readonly listenUrl?: string | null;

  @Setting(
    'The most processes that ever run at once, a rolling restart included. They share the budgets of providers.',
    {
      default: 1,
    },
  )
  @OptionalCount(1, 1_000)
  readonly replicas?: number | null;

  @Setting('Redis that the processes share budgets by, in place of `url`.')
  @IsOptional()
  @IsRedisUrl()
  readonly redis?: string | null;

  @Setting('Seals what is stored, at least 32 bytes. Required with `url`; else a key is made beside the file.')
  @IsOptional()
  @HasBytes(32)
  readonly encryptionKey?: string | null;

  @Setting('The key before the current one, while rows are sealed anew.')
  @IsOptional()
  @HasBytes(32)
  readonly previousEncryptionKey?: string | null;

  @Setting('Age at which settled operations are deleted; open ones never are.', { default: 30 })
  @OptionalCount(1, 3_650)
  readonly retentionDays?: number | null;

  @Setting('Age at which an open operation is left to a person.', { default: 24 })
  @OptionalCount(1, 720)
  readonly giveUpAfterHours?: number | null;
}

export class ObservabilitySection {
  @Setting('Collector of spans; `OTEL_EXPORTER_OTLP_ENDPOINT` overrides it.')
  @IsOptional()
  @IsWebUrl()
  readonly otlpUrl?: string | null;

  @Setting('`service.name` of spans; `OTEL_SERVICE_NAME` overrides it.', { default: 'upsell-graph' })
  @IsOptional()
  @MaxLength(100)
  @IsNotEmpty()
  @IsString()
  readonly serviceName?: string | null;

  @Setting('Share of sampled traces among those that begin here.', { default: 1 })
  @IsOptional()
  @Max(1)
  @Min(0)
  @IsNumber()
  readonly sampleRatio?: number | null;

  @Setting('Serves Prometheus metrics at `/metrics`.', { default: 'false, true with metricsPort' })
  @OptionalSwitch()
  readonly metrics?: boolean | null;

  @Setting('Port of the metrics, which need no token; without it they are on the port of the graph.')
  @OptionalCount(0, 65_535)
  readonly metricsPort?: number | null;

  @Setting('Logs a line per request, write and failed provider call.', { default: false })
  @OptionalSwitch()
  readonly requestLog?: boolean | null;
}

export class FileSection {
  @Setting('How requests are taken.')
  @OptionalGroup(() => ServerSection)
  readonly server?: ServerSection | null;

  @Setting('Whose tokens are accepted.')
  @Group(() => AuthSection)
  readonly auth: AuthSection = new AuthSection();

  @Setting('Where writes are recorded.')
  @OptionalGroup(() => StorageSection)
  readonly storage?: StorageSection | null;

  @Setting('What is measured.')
  @OptionalGroup(() => ObservabilitySection)
  readonly observability?: ObservabilitySection | null;

  @Setting('Accounts at the providers, at least one.')
  @ArrayNotEmpty()
  @IsArray()
  readonly accounts: readonly unknown[] = [];
}

/** Settings of every account; the rest belongs to its provider. */
export class AccountSection {
  @Setting('Its name in the graph, in tokens and in logs; never change it.')
  @MaxLength(40)
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: '$property must be lower-case letters, digits and single hyphens' })
  readonly key: string = '';

  @Setting('Its provider.')
  @IsString()
  readonly provider: string = '';

  @Setting('Another host of the provider.', { default: "the provider's production host" })
  @IsOptional()
  @IsSafeUrl()
  readonly baseUrl?: string | null;

  @Setting('Name for people.', { default: 'the key' })
  @IsOptional()
  @MaxLength(100)
  @IsNotEmpty()
  @IsString()
  readonly label?: string | null;

  @Setting('ISO 4217 code of amounts that are stated without one.')
  @IsOptional()
  @IsISO4217CurrencyCode({ message: '$property must be an ISO 4217 currency code such as USD' })
  readonly currency?: string | null;

  @Setting('IANA zone of local times that are stated without one.', { default: "the provider's, or none" })
  @IsOptional()
  @IsZone()
  readonly timeZone?: string | null;

  @Setting('Longest wait for one read, in milliseconds; 70 % of it for one attempt.', { default: 5000 })
  @OptionalCount(100, 60_000)
  readonly timeoutMs?: number | null;

  @Setting('Largest response that is read, in KiB, before and after decoding it; a larger one fails the call.', {
    default: 4096,
  })
  @OptionalCount(64, 16_384)
  readonly responseKiB?: number | null;

  @Setting("Call limits over the provider's own: see [operations](operations.md).")
  @IsOptional()
  @IsObject()
  readonly limits?: Readonly<Record<string, unknown>> | null;

  @Setting('How long responses are kept for the caller they were given to.', { default: 0 })
  @OptionalCount(0, 300)
  readonly cacheSeconds?: number | null;

  @Setting('Secrets its webhooks are signed with, several while one is rotated; none: webhooks are refused.')
  @IsOptional()
  @IsSecretList()
  readonly webhookSecrets?: readonly string[] | null;

  @Setting('What the account is for.', { default: 'live' })
  @IsOptional()
  @IsIn(['live', 'test'])
  readonly environment?: 'live' | 'test' | null;
}
