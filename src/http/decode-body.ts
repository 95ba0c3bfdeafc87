import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';

type Decode = (body: Buffer, options: Pick<ZlibOptions, 'maxOutputLength'>) => Promise<Buffer>;

const unzip: Decode = promisify(gunzip);
const inflateZlib: Decode = promisify(inflate);
const inflateBare: Decode = promisify(inflateRaw);

const decoders: ReadonlyMap<string, Decode> = new Map([
  ['gzip', unzip],
  ['x-gzip', unzip],
  ['br', promisify(brotliDecompress)],
  // Some servers leave the zlib header out: https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1.2
  ['deflate', (body, options) => (hasZlibHeader(body) ? inflateZlib : inflateBare)(body, options)],
]);

/** Each one multiplies what a small body can grow to; nobody applies more than two. */
const MAX_CODINGS = 2;

/** Undoes the codings of a body, off the main thread. Throws when one is unknown, the body is cut, or a result is longer than `maxBytes`. */
export async function decodeBody(body: Buffer, contentEncoding: string, maxBytes: number): Promise<Buffer> {
  const codings = contentEncoding
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > MAX_CODINGS) throw new Error('the body has too many codings');
  let decoded = body;
  for (const coding of codings.toReversed()) {
    const decode = decoders.get(coding);
    if (!decode) throw new Error('the body has an unknown coding');
    if (decoded.length > 0) decoded = await decode(decoded, { maxOutputLength: maxBytes });
  }
  return decoded;
}

function hasZlibHeader(body: Buffer): boolean {
  const [method = 0, flags = 0] = body;
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;
}
