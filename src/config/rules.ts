import { Transform } from 'class-transformer';
import { buildMessage, ValidateBy } from 'class-validator';
import { isTimeZone } from '../domain/moment.js';

/** Reads `"4000"` as 4000: values that come through `${NAME}` are text. */
export function AsNumber(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  );
}

/** Credentials travel to it, so plain http is only for this machine. */
export function IsSafeUrl(): PropertyDecorator {
  return rule(
    'isSafeUrl',
    'must be an https URL (http only to this machine), without credentials, query or fragment',
    (value) => {
      const url = typeof value === 'string' ? tryUrl(value) : null;
      if (!url || url.username !== '' || url.search !== '' || url.hash !== '') return false;
      return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
    },
  );
}

export function IsDatabaseUrl(): PropertyDecorator {
  return rule('isDatabaseUrl', 'must be a URL such as postgres://user:password@host:5432/database', (value) => {
    const url = typeof value === 'string' ? tryUrl(value) : null;
    return url !== null && ['postgres:', 'postgresql:'].includes(url.protocol) && url.host !== '';
  });
}

/** What a browser sends as `Origin`. */
export function IsOrigin(): PropertyDecorator {
  return rule('isOrigin', 'must list origins such as https://shop.example', (value) => {
    return Array.isArray(value) && value.every((entry) => typeof entry === 'string' && tryUrl(entry)?.origin === entry);
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

function tryUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
