import { OptionalCount, OptionalGroup } from './rules.js';
import { Setting } from '../domain/setting.js';

/** Maximum number of requests per window; 0 for no limit. */
export interface RateLimits {
  readonly windowSeconds: number;
  /** Per shopper or guest, by the subject of the token. */
  readonly shopper: number;
  /** Per service, by the subject of the token. */
  readonly service: number;
  /** Per address without a valid token. */
  readonly anonymous: number;
}

/** Maximum number of open event streams. */
export interface StreamLimits {
  /** Per shopper or guest, by the subject of the token. */
  readonly shopper: number;
  /** Per service, by the subject of the token. */
  readonly service: number;
  /** In this process. */
  readonly process: number;
}

/** Limits on the size and rate of requests. Documented in `docs/limits.md`. */
export interface Limits {
  readonly depth: number;
  /** Fields in one selection set. */
  readonly breadth: number;
  /** Fields in total. */
  readonly fields: number;
  readonly aliases: number;
  readonly directives: number;
  readonly tokens: number;
  readonly cost: number;
  readonly bodyKiB: number;
  /** Operations in one HTTP request; 1 disables batching. */
  readonly batch: number;
  readonly requestSeconds: number;
  /** Requests that wait to be begun, in this process. */
  readonly waiting: number;
  readonly rate: RateLimits;
  readonly streams: StreamLimits;
}

export class RateLimitsSection {
  @Setting('Length of a window.', { default: 60 })
  @OptionalCount(1, 3_600)
  readonly windowSeconds?: number | null;

  @Setting('Requests per window of a shopper or guest; 0 for no limit.', { default: 600 })
  @OptionalCount(0, 1_000_000)
  readonly shopper?: number | null;

  @Setting('Requests per window of a service; 0 for no limit.', { default: 6000 })
  @OptionalCount(0, 100_000_000)
  readonly service?: number | null;

  @Setting('Requests per window of an address without a valid token; 0 for no limit.', { default: 60 })
  @OptionalCount(0, 1_000_000)
  readonly anonymous?: number | null;
}

export class StreamLimitsSection {
  @Setting('Streams of a shopper or guest at a time.', { default: 4 })
  @OptionalCount(0, 1_000)
  readonly shopper?: number | null;

  @Setting('Streams of a service at a time.', { default: 500 })
  @OptionalCount(0, 100_000)
  readonly service?: number | null;

  @Setting('Streams of the process at a time.', { default: 2000 })
  @OptionalCount(0, 100_000)
  readonly process?: number | null;
}

export class LimitsSection {
  @Setting('Levels of an operation.', { default: 12 })
  @OptionalCount(3, 100)
  readonly depth?: number | null;

  @Setting('Fields in one selection set.', { default: 50 })
  @OptionalCount(5, 10_000)
  readonly breadth?: number | null;

  @Setting('Fields in total.', { default: 500 })
  @OptionalCount(10, 100_000)
  readonly fields?: number | null;

  @Setting('Aliases in total.', { default: 30 })
  @OptionalCount(0, 10_000)
  readonly aliases?: number | null;

  @Setting('Directives in total.', { default: 30 })
  @OptionalCount(0, 10_000)
  readonly directives?: number | null;

  @Setting('Tokens of a document.', { default: 2000 })
  @OptionalCount(100, 1_000_000)
  readonly tokens?: number | null;

  @Setting('Cost of an operation.', { default: 50000 })
  @OptionalCount(100, 100_000_000)
  readonly cost?: number | null;

  @Setting('Size of a request body, in KiB.', { default: 256 })
  @OptionalCount(1, 10_240)
  readonly bodyKiB?: number | null;

  @Setting('Operations in one HTTP request; 1 disables batching.', { default: 1 })
  @OptionalCount(1, 100)
  readonly batch?: number | null;

  @Setting('Time to receive a request, and the same again to respond.', { default: 30 })
  @OptionalCount(1, 300)
  readonly requestSeconds?: number | null;

  @Setting('Requests that wait to be begun, in the process.', { default: 1000 })
  @OptionalCount(0, 100_000)
  readonly waiting?: number | null;

  @Setting('Requests per time window.')
  @OptionalGroup(() => RateLimitsSection)
  readonly rate?: RateLimitsSection | null;

  @Setting('Open event streams.')
  @OptionalGroup(() => StreamLimitsSection)
  readonly streams?: StreamLimitsSection | null;
}

export const defaultLimits: Limits = {
  depth: 12,
  breadth: 50,
  fields: 500,
  aliases: 30,
  directives: 30,
  tokens: 2_000,
  cost: 50_000,
  bodyKiB: 256,
  batch: 1,
  requestSeconds: 30,
  waiting: 1_000,
  rate: { windowSeconds: 60, shopper: 600, service: 6_000, anonymous: 60 },
  streams: { shopper: 4, service: 500, process: 2_000 },
};

/** Merges configured limits with the defaults; empty settings count as absent. */
export function toLimits(section: LimitsSection | null): Limits {
  const { rate, streams, ...limits } = section ?? {};
  return {
    ...withDefaults(defaultLimits, limits),
    rate: withDefaults(defaultLimits.rate, rate ?? {}),
    streams: withDefaults(defaultLimits.streams, streams ?? {}),
  };
}

function withDefaults<T extends object>(defaults: T, given: { readonly [K in keyof T]?: T[K] | null | undefined }): T {
  const set = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  return { ...defaults, ...Object.fromEntries(set) };
}
