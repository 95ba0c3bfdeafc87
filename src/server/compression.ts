import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** About one network packet: below it compressing saves nothing. */
const THRESHOLD = 1_400;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** At levels that take a fifth off the best result and most of its cost. */
const encoders = {
  br: (text: string) => brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
  gzip: (text: string) => zip(text, { level: 3 }),
};

/**
 * An `onSend` hook. An answer is whole before it is sent, so it is compressed in one go, off the main thread; as a stream
 * it costs several times as much.
 */
export async function compressAnswer({ headers }: FastifyRequest, reply: FastifyReply, payload: unknown) {
  if (typeof payload !== 'string' || payload.length < THRESHOLD) return payload;
  const encoding = negotiate(headers['accept-encoding'] ?? '', ['br', 'gzip', 'identity']);
  if (encoding === null || encoding === 'identity') return payload;
  void reply.header('content-encoding', encoding);
  return encoders[encoding](payload);
}
