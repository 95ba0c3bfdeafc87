import type { ProviderProblem } from '../../../domain/problem.js';
import type { Refusal } from '../../../domain/refusal.js';
import { isJsonObject } from '../../kit/decode.js';
import type { JsonResult } from '../../kit/json-api.js';
import { pathNamed, refusalOf, type WrittenRecord } from '../../kit/send-result.js';

const rhythm = ['subscribe', 'frequency'];

const paths: Readonly<Record<string, readonly string[]>> = {
  quantity: ['quantity'],
  product: ['item'],
  offer: ['item'],
  order: ['orderId'],
  item: ['lineItemId'],
  every: rhythm,
  every_period: rhythm,
};

/**
 * Makes the refusal of a failed write. A 400 names the arguments it refuses.
 * See https://developer.ordergroove.com/reference/rest-rpc-api/items/create-in-order
 */
export function refusalIn({ body }: Pick<JsonResult, 'body'>, found: ProviderProblem, written: WrittenRecord): Refusal {
  const names = found.kind === 'REJECTED' && isJsonObject(body) ? Object.keys(body) : [];
  return refusalOf(found, written, pathNamed(names, paths));
}

/**
 * Whether a page says that a refusal leaves nothing behind: that of arguments it names, and of credentials. Others may come
 * from whatever stands in between, such as a gateway that sent a request twice.
 */
export function isDocumented({ code, path, retry }: Refusal): boolean {
  return code === 'PROVIDER' && (path !== null || retry === 'NEVER');
}
