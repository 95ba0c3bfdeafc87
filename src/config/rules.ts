import { isIP } from 'node:net';
import { type ClassConstructor, Type } from 'class-transformer';
import {
  buildMessage,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { kinds, knownScopes } from '../auth/claim-rules.js';
import { isTimeZone } from '../domain/time-zone.js';

/** Accepts a boolean, or no value. */
export function OptionalSwitch(): PropertyDecorator {
  return (target, property) => {
    for (const decorate of [IsBoolean(), IsOptional()]) decorate(target, property);
  };
}

/** Accepts an integer within bounds, or no value. */
export function OptionalCount(least: number, most: number): PropertyDecorator {
  return (target, property) => {
    for (const decorate of [IsInt(), Min(least), Max(most), IsOptional()]) decorate(target, property);
  };
}

type SectionOf = () => ClassConstructor<object>;

const sections = new WeakMap<object, Map<string, SectionOf>>();

/** Returns the class of a group of settings; null for another setting. */
export function sectionOf(owner: { readonly prototype: object }, property: string): ClassConstructor<object> | null {
  for (let at: object | null = owner.prototype; at !== null; at = Reflect.getPrototypeOf(at)) {
    const section = sections.get(at)?.get(property);
    if (section) return section();
  }
  return null;
}

/** Requires a group of settings. */
export function Group(section: SectionOf): PropertyDecorator {
  return groupBy(section, [IsObject(), ValidateNested()]);
}

/** Accepts a group of settings, or no value. */
export function OptionalGroup(section: SectionOf): PropertyDecorator {
  return groupBy(section, [IsObject(), ValidateNested(), IsOptional()]);
}

/** Accepts a list of groups of settings, or no value. */
export function OptionalGroups(section: SectionOf): PropertyDecorator {
  return groupBy(section, [IsArray(), ValidateNested({ each: true }), IsOptional()]);
}

function groupBy(section: SectionOf, decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    const own = sections.get(target) ?? new Map<string, SectionOf>();
    sections.set(target, own.set(String(property), section));
    for (const decorate of [Type(section), ...decorators]) decorate(target, property);
  };
}

/** Requires the name of a claim, or a list of names that leads to a nested one. */
export function IsClaimPath(): PropertyDecorator {
  return rule('isClaimPath', 'must be the name of a claim, or a list of names that leads to a nested one', isClaimPath);
}

/** Requires a claim that holds identifiers by account, or a claim for each account. */
export function IsAccountClaims(): PropertyDecorator {
  const message = 'must be a claim that holds ids by account, or a claim (or `from` and `prefix`) for each account';
  return rule(
    'isAccountClaims',
    message,
    (value) => isClaimPath(value) || isRecord(value, (entry) => isClaimPath(entry) || isAccountClaim(entry)),
  );
}

export function IsKindValues(): PropertyDecorator {
  const isKind = (value: unknown) => typeof value === 'string' && kinds.has(value);
  return recordRule('isKindValues', isKind, `must map values of the claim to ${[...kinds.keys()].join(', ')}`);
}

export function IsScopeValues(): PropertyDecorator {
  const isScope = (value: unknown) => knownScopes.some((scope) => scope === value);
  const isEntry = (value: unknown) => isScope(value) || (Array.isArray(value) && value.every(isScope));
  return recordRule('isScopeValues', isEntry, `must map values of the claim to ${knownScopes.join(', ')}`);
}

/** Requires an object whose entries all fit. */
export function IsRecordOf(isEntry: (value: unknown) => boolean, message: string): PropertyDecorator {
  return recordRule('isRecordOf', isEntry, message);
}

function recordRule(name: string, isEntry: (value: unknown) => boolean, message: string): PropertyDecorator {
  return rule(name, message, (value) => isRecord(value, isEntry));
}

/** Requires https, because credentials are sent there; http only for this machine. */
export function IsSafeUrl(): PropertyDecorator {
  return rule(
    'isSafeUrl',
    'must be an https URL (http only to this machine), without credentials, query or fragment',
    (value) => {
      const url = typeof value === 'string' ? tryUrl(value) : null;
      if (!url || !isPlain(url)) return false;
      return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
    },
  );
}

/** Requires a URL to which no secret is sent, inside a private network. */
export function IsWebUrl(): PropertyDecorator {
  return rule('isWebUrl', WEB_URL, isWebUrl);
}

export const WEB_URL = 'must be an http or https URL, without credentials, query or fragment';

export function isWebUrl(value: unknown): boolean {
  const url = typeof value === 'string' ? tryUrl(value) : null;
  if (!url || !isPlain(url)) return false;
  return url.protocol === 'https:' || url.protocol === 'http:';
}

export function IsDatabaseUrl(): PropertyDecorator {
  return rule('isDatabaseUrl', 'must be a URL such as postgres://user:password@host:5432/database', (value) => {
    const url = typeof value === 'string' ? tryUrl(value) : null;
    return url !== null && ['postgres:', 'postgresql:'].includes(url.protocol) && url.host !== '';
  });
}

export function IsRedisUrl(): PropertyDecorator {
  return rule('isRedisUrl', 'must be a URL such as rediss://user:password@host:6379', (value) => {
    const url = typeof value === 'string' ? tryUrl(value) : null;
    return url !== null && ['redis:', 'rediss:'].includes(url.protocol) && url.host !== '';
  });
}

/** Requires a value that a browser sends as `Origin`. */
export function IsOrigin(): PropertyDecorator {
  return rule('isOrigin', 'must list origins such as https://shop.example', (value) => {
    return Array.isArray(value) && value.every((entry) => typeof entry === 'string' && tryUrl(entry)?.origin === entry);
  });
}

/** Requires one to five texts. */
export function IsSecretList(): PropertyDecorator {
  const isSecret = (value: unknown) => typeof value === 'string' && value.trim() !== '';
  return rule('isSecretList', 'must list one to five secrets', (value) => {
    return Array.isArray(value) && value.length > 0 && value.length <= 5 && value.every(isSecret);
  });
}

/** Requires names of headers: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2. */
export function IsHeaderList(): PropertyDecorator {
  return rule('isHeaderList', 'must list names of headers such as x-store', (value) => {
    return (
      Array.isArray(value) && value.every((entry) => typeof entry === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(entry))
    );
  });
}

/** Requires addresses of proxies: single ones, ranges, or Fastify's names for ranges. */
export function IsAddressList(): PropertyDecorator {
  return rule('isAddressList', 'must list addresses or ranges such as 10.0.0.0/8', (value) => {
    return Array.isArray(value) && value.every((entry) => typeof entry === 'string' && isAddressOrRange(entry));
  });
}

export function IsZone(): PropertyDecorator {
  return rule(
    'isZone',
    'must be an IANA time zone such as Europe/Stockholm',
    (value) => typeof value === 'string' && isTimeZone(value),
  );
}

export function HasBytes(count: number): PropertyDecorator {
  return rule(
    'hasBytes',
    `must be text of at least ${count} bytes`,
    (value) => typeof value === 'string' && Buffer.byteLength(value) >= count,
    [count],
  );
}

function rule(
  name: string,
  message: string,
  validate: (value: unknown) => boolean,
  constraints: readonly unknown[] = [],
): PropertyDecorator {
  return ValidateBy({
    name,
    constraints: [...constraints],
    validator: { validate, defaultMessage: buildMessage(() => `$property ${message}`) },
  });
}

function isRecord(value: unknown, isEntry: (value: unknown) => boolean): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isEntry);
}

function isClaimPath(value: unknown): boolean {
  const names: readonly unknown[] = Array.isArray(value) ? value : [value];
  return names.length > 0 && names.every((name) => typeof name === 'string' && name !== '');
}

function isAccountClaim(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('from' in value)) return false;
  const { from, prefix = '', ...others }: { from: unknown; prefix?: unknown } = value;
  return isClaimPath(from) && typeof prefix === 'string' && Object.keys(others).length === 0;
}

/** Returns whether a URL lacks credentials, and a query or fragment that an added path would drop. */
function isPlain({ username, password, search, hash }: URL): boolean {
  return [username, password, search, hash].every((part) => part === '');
}

function tryUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function isAddressOrRange(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', length, ...more] = text.split('/');
  const bits = isIP(address) === 6 ? 128 : 32;
  const isRange = length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits);
  return isIP(address) !== 0 && isRange && more.length === 0;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
