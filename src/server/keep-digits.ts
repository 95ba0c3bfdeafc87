import type { FastifyInstance } from 'fastify';
import { isSafeNumber, LosslessNumber, parse } from 'lossless-json';

/** Where a number may stand that a double cannot hold. It may match inside a string: that only costs time. */
const LONG_NUMBER = /(?:^|[:,[\s])-?(?:[\d.]{16,}|[\d.]+[eE])/;

/**
 * Parses JSON bodies so that no digit is lost unseen: a number that a double cannot hold becomes a `LosslessNumber`, which no
 * scalar takes. Without this an ID sent as a number would name another record.
 */
export function keepDigits(app: FastifyInstance): void {
  const parseDefault = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Refuses what the default refuses, such as `__proto__`.
    void parseDefault(request, body, (error, value: unknown) => {
      if (error || !LONG_NUMBER.test(body)) return done(error, value);
      const exact = readExactly(body);
      return exact.ok ? done(null, exact.value) : done(tooDeep, undefined);
    });
  });
}

/** Parses a body with all digits. That parser recurses: nesting that the default one withstands exhausts its stack. */
function readExactly(body: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: parse(body, null, { parseNumber, onDuplicateKey: ({ newValue }) => newValue }) };
  } catch {
    return { ok: false };
  }
}

const tooDeep = Object.assign(new Error('the request body is nested too deeply'), { statusCode: 400 });

function parseNumber(digits: string): unknown {
  return isSafeNumber(digits) ? Number(digits) : new LosslessNumber(digits);
}
