import { Type } from 'class-transformer';
import { IsObject, IsOptional, ValidateNested } from 'class-validator';
import { OptionalCount } from './rules.js';

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
  readonly rate: RateLimits;
}

export class RateLimitsSection {
  @OptionalCount(1, 3_600)
  readonly windowSeconds?: number | null;

  @OptionalCount(0, 1_000_000)
  readonly shopper?: number | null;

  @OptionalCount(0, 100_000_000)
  readonly service?: number | null;

  @OptionalCount(0, 1_000_000)
  readonly anonymous?: number | null;
}

export class LimitsSection {
  @OptionalCount(3, 100)
  readonly depth?: number | null;

  @OptionalCount(5, 10_000)
  readonly breadth?: number | null;

  @OptionalCount(10, 100_000)
  readonly fields?: number | null;

  @OptionalCount(0, 10_000)
  readonly aliases?: number | null;

  @OptionalCount(0, 10_000)
  readonly directives?: number | null;

  @OptionalCount(100, 1_000_000)
  readonly tokens?: number | null;

  @OptionalCount(100, 100_000_000)
  readonly cost?: number | null;

  @OptionalCount(1, 10_240)
  readonly bodyKiB?: number | null;

  @OptionalCount(1, 100)
  readonly batch?: number | null;

  @OptionalCount(1, 300)
  readonly requestSeconds?: number | null;

  @IsOptional()
  @ValidateNested()
  @IsObject()
  @Type(() => RateLimitsSection)
  readonly rate?: RateLimitsSection | null;
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
  rate: { windowSeconds: 60, shopper: 600, service: 6_000, anonymous: 60 },
};

/** Merges configured limits with the defaults; empty settings count as absent. */
export function toLimits(section: LimitsSection | null): Limits {
  const { rate, ...limits } = section ?? {};
  return { ...withDefaults(defaultLimits, limits), rate: withDefaults(defaultLimits.rate, rate ?? {}) };
}

function withDefaults<T extends object>(defaults: T, given: { readonly [K in keyof T]?: T[K] | null | undefined }): T {
  const set = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  return { ...defaults, ...Object.fromEntries(set) };
}
