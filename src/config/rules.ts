import { isIP } from 'node:net';
import { Transform } from 'class-transformer';
import { buildMessage, IsBoolean, IsInt, IsOptional, Max, Min, ValidateBy } from 'class-validator';
import { isTimeZone } from '../domain/time-zone.js';

/** Converts `"4000"` to 4000, because values from `${NAME}` are text. */
export function AsNumber(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  );
}

/** Converts `"0.25"` to 0.25. */
export function AsDecimal(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}(\.\d{1,9})?$/.test(value) ? Number(value) : value,
  );
}

/** Accepts a boolean, also as text, or no value. */
export function OptionalSwitch(): PropertyDecorator {
  const words: Readonly<Record<string, boolean>> = { true: true, false: false };
  const read = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? (words[value] ?? value) : value,
  );
  return (target, property) => {
    for (const decorate of [IsBoolean(), read, IsOptional()]) decorate(target, property);
  };
}

/** Accepts an integer within bounds, or no value. */
export function OptionalCount(least: number, most: number): PropertyDecorator {
  return (target, property) => {
    for (const decorate of [IsInt(), Min(least), Max(most), AsNumber(), IsOptional()]) decorate(target, property);
  };
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

/** Requires a value that a browser sends as `Origin`. */
export function IsOrigin(): PropertyDecorator {
  return rule('isOrigin', 'must list origins such as https://shop.example', (value) => {
    return Array.isArray(value) && value.every((entry) => typeof entry === 'string' && tryUrl(entry)?.origin === entry);
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
  );
}

function rule(name: string, message: string, validate: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy({ name, validator: { validate, defaultMessage: buildMessage(() => `$property ${message}`) } });
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
