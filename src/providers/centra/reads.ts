import { joinProblems, problem, ProviderFailure } from '../../domain/problem.js';
import { sameEmailAddress } from '../../domain/same-customer.js';
import { chunk } from '../kit/chunks.js';
import {
  contractDrift,
  type Decoded,
  decodeEach,
  isJsonObject,
  objectIn,
  optionalText,
  requireList,
  requireObject,
} from '../kit/decode.js';
import { createRecordCollection, type RecordCollection } from '../kit/record-collection.js';
import { type AsyncMemo, keyOfSet, memoize, memoizeById } from '../kit/memoize.js';
import { keepOwn } from '../kit/ownership.js';
import { decodeRows } from '../kit/pages.js';
import type { CentraClient } from './client.js';
import { createOrderFinder } from './order-finder.js';
import { bodyOf, faultlessBodyOf } from './requests.js';
import type { CentraSettings } from './settings.js';
import type { OrderMemory, UpsellTerms } from './terms.js';
import type { WireOrder } from './wire.js';
import { decodeContract, findContracts, type WireContract } from './wire-contract.js';
import { decodeProduct, type WireProduct } from './wire-product.js';

/** Reads of one data source: makes none twice, and keeps nothing longer than the request. */
export interface Reads {
  /** By number; null when there is none, or none that can be reached. */
  readonly order: AsyncMemo<string, WireOrder | null>;
  readonly terms: AsyncMemo<string, UpsellTerms | null>;
  readonly products: AsyncMemo<readonly string[], Decoded<WireProduct>>;
  readonly candidates: AsyncMemo<CandidateQuestion, Decoded<WireProduct>>;
  /** Products of all lists of candidates. */
  readonly candidateProducts: RecordCollection<WireProduct>;
  /** By customer. */
  readonly contracts: AsyncMemo<string, Decoded<WireContract>>;
}

export interface CandidateQuestion {
  readonly orderNumber: string;
  readonly productIds: readonly string[];
}

const MAX_PRODUCTS = 100;

export function createReads(client: CentraClient, memory: OrderMemory, { api }: CentraSettings): Reads {
  const candidateProducts = createRecordCollection<WireProduct>();
  return {
    order: memoizeById(createOrderFinder(client, memory, api)),
    terms: memoizeById(memory.terms),
    products: memoize((ids) => readInParts(ids, (part) => client.products(part)), keyOfSet),
    candidates: memoize(
      ({ orderNumber, productIds }) =>
        candidateProducts.from(
          readInParts(productIds, (part) => client.candidates(orderNumber, part)),
          ({ records }) => records,
        ),
      ({ orderNumber, productIds }) => `${orderNumber}:${keyOfSet(productIds)}`,
    ),
    candidateProducts,
    contracts: memoizeById(async (email) => {
      const body = faultlessBodyOf(await client.contracts(email));
      requireSameCustomer(body, email);
      const rows = findContracts(body);
      if (rows === null) throw contractDrift('its list of contracts');
      // Without an address nothing tells whose a contract is: then the list is believed.
      const contracts = await decodeRows({ rows, problem: null }, decodeContract, 'contract');
      const own = keepOwn(contracts, email, (contract) => contract.email, sameEmailAddress);
      const lost = own.records.map(({ subscriptions }) => subscriptions.problem);
      return { records: own.records, problem: lost.reduce(joinProblems, own.problem) };
    }),
  };
}

/**
 * Requires that the customer asked for is the one whose contracts were listed: Checkout API lists those of the customer
 * who is logged in to the session.
 */
function requireSameCustomer(body: unknown, email: string): void {
  const loggedIn = isJsonObject(body) ? optionalText(objectIn(body, 'loggedIn'), 'email') : null;
  if (loggedIn === null || sameEmailAddress(loggedIn, email)) return;
  throw new ProviderFailure(problem('FORBIDDEN', 'Another customer is logged in to this session.'));
}

/** Reads products in parts. One that was not found is simply not among them. */
async function readInParts(
  ids: readonly string[],
  ask: (part: readonly string[]) => ReturnType<CentraClient['products']>,
): Promise<Decoded<WireProduct>> {
  const parts = chunk(ids, { maxCount: MAX_PRODUCTS, maxLength: Infinity }, () => 1);
  const bodies = await Promise.all(parts.map(async (part) => bodyOf(await ask(part))));
  return decodeEach(
    bodies.flatMap((body) => (body === null ? [] : requireList(requireObject(body, 'products'), 'products'))),
    decodeProduct,
    'product',
  );
}
