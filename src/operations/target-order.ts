import { ProviderFailure } from '../domain/problem.js';
import type { DataSource } from '../domain/provider.js';
import type { WriteRequest } from '../domain/write.js';

/** The key of the order a write is for. Null when it is known only through a line, and that line cannot be read. */
export async function targetOrderKey(source: DataSource, request: WriteRequest): Promise<string | null> {
  if ('orderKey' in request) return request.orderKey;
  try {
    const [line] = (await source.lineItems?.getMany([request.lineItemKey])) ?? [];
    return line?.state === 'found' ? line.value.orderRef.key : null;
  } catch (error) {
    if (error instanceof ProviderFailure) return null;
    throw error;
  }
}
