import { Type } from 'class-transformer';
import { IsObject, IsOptional, ValidateNested } from 'class-validator';
import { OptionalCount } from './rules.js';

/** How many requests are let through in each window; 0: as many as come. */
export interface RateLimits {
  readonly windowSeconds: number;
  /** For each shopper or guest, by the subject of the token. */
  readonly shopper: number;
  /** For each service, by the subject of the token. */
  readonly service: number;
  /** For each address that sends no token or a bad one. */
  readonly anonymous: number;
}

/** How much may be asked for in one request, and how often. Documented in `docs/limits.md`. */
export interface Limits {
  readonly depth: number;
  /** Fields in one selection set. */
  readonly breadth: number;
  /** Fields in all. */
  readonly fields: number;
  readonly aliases: number;
  readonly directives: number;
  readonly tokens: number;
  readonly cost: number;
  readonly bodyKiB: number;
  /** Operations in one HTTP request; 1: no batching. */
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

/** The limits of a file over the defaults; a setting left empty is as good as left out. */
export function toLimits(section: LimitsSection | null): Limits {
  const { rate, ...limits } = section ?? {};
  return { ...withDefaults(defaultLimits, limits), rate: withDefaults(defaultLimits.rate, rate ?? {}) };
}

function withDefaults<T extends object>(defaults: T, given: { readonly [K in keyof T]?: T[K] | null | undefined }): T {
  const set = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  return { ...defaults, ...Object.fromEntries(set) };
}
