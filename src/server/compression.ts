import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Size of about one network packet, below which compression saves nothing. */
const THRESHOLD = 1_400;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Encoders at levels that give up a fifth of the best ratio and most of its cost. */
const encoders = {
  br: (text: string) => brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
  gzip: (text: string) => zip(text, { level: 3 }),
};

/**
 * Compresses a response at once, off the main thread; an `onSend` hook. Streaming would cost several times as much, and a
 * response is complete before it is sent.
 */
export async function compressResponse({ headers }: FastifyRequest, reply: FastifyReply, payload: unknown) {
  if (typeof payload !== 'string' || payload.length < THRESHOLD) return payload;
  const encoding = negotiate(headers['accept-encoding'] ?? '', ['br', 'gzip', 'identity']);
  if (encoding === null || encoding === 'identity') return payload;
  void reply.header('content-encoding', encoding);
  return encoders[encoding](payload);
}
