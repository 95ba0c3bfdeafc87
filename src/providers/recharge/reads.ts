import { leavingOut, problem } from '../../domain/problem.js';
import {
  contractDrift,
  type Decoded,
  decodeEach,
  decodeIfFound,
  inRecord,
  requireList,
  requireObject,
} from '../kit/decode.js';
import { type Batch, batch } from '../kit/batch.js';
import { createListPlan, type ListPlan } from '../kit/list-plan.js';
import { createRecordCollection, type RecordCollection } from '../kit/record-collection.js';
import { lookedUp, lookupRows } from '../kit/lookups.js';
import { type AsyncMemo, memoize, memoizeById } from '../kit/memoize.js';
import { keepOwn } from '../kit/ownership.js';
import { collectRows, decodePages } from '../kit/pages.js';
import type { RechargeClient } from './client.js';
import { isRecordId, isVariantId, type OrderKey, toOrderKey } from './keys.js';
import { toOrderStatus } from './statuses.js';
import {
  decodeCharge,
  decodeOnetime,
  decodeSubscription,
  type WireCharge,
  type WireLine,
  type WireOnetime,
  type WireSubscription,
} from './wire.js';
import { type CatalogueItem, decodeProduct, itemsOf } from './wire-catalogue.js';

/** Reads of one data source: makes none twice, and keeps nothing longer than the request. */
export interface Reads {
  readonly lists: ListPlan<CustomerLists>;
  /** By address, the soonest first. */
  readonly queuedCharges: AsyncMemo<string, Decoded<WireCharge>>;
  /** All charges of an address on a day, in whatever state. */
  readonly chargesOn: AsyncMemo<OrderKey, Decoded<WireCharge>>;
  /** By its id; null when there is none. */
  readonly charge: AsyncMemo<string, WireCharge | null>;
  /** By address. */
  readonly onetimes: AsyncMemo<string, Decoded<WireOnetime>>;
  readonly subscriptionsAt: AsyncMemo<string, Decoded<WireSubscription>>;
  readonly subscriptions: Batch<WireSubscription>;
  readonly variants: Batch<CatalogueItem>;
  /** Lines of all charges that were read: they name their products as the catalogue does. */
  readonly lines: RecordCollection<WireLine>;
}

/** Lists that one customer's records come in. */
export interface CustomerLists {
  /** Charges to come, and those in error, which keep items off the others. The soonest first. */
  readonly charges: Decoded<WireCharge>;
  /** In whatever state. */
  readonly subscriptions: Decoded<WireSubscription>;
}

const MAX_IDS = 250;
/** Longer URLs were not seen to be taken. */
const MAX_LENGTH = 1_700;

function limits(isId: (id: string) => boolean) {
  return { maxCount: MAX_IDS, maxLength: MAX_LENGTH, lengthOf: (id: string) => id.length + '%2C'.length, isId };
}

export function createReads(client: RechargeClient): Reads {
  const lines = createRecordCollection<WireLine>();
  const charges = (pages: ReturnType<RechargeClient['openCharges']>) =>
    lines.from(decodePages(pages, decodeCharge), ({ records }) => records.flatMap((charge) => charge.lines.records));
  return {
    lines,
    lists: createListPlan<CustomerLists>({
      charges: async (customerId) => known(keepOwn(await charges(client.openCharges(customerId)), customerId, ownerOf)),
      subscriptions: async (customerId) =>
        keepOwn(
          await decodePages(client.subscriptions({ customerId }), decodeSubscription),
          customerId,
          ({ customerId: owner }) => owner,
        ),
    }),
    queuedCharges: memoizeById((addressId) => charges(client.queuedCharges(addressId))),
    chargesOn: memoize((key) => charges(client.chargesOn(key)), toOrderKey),
    charge: memoizeById(async (id) => {
      const body = await client.charge(id);
      return decodeIfFound(body && requireObject(body, 'a charge')['charge'], decodeCharge);
    }),
    onetimes: memoizeById((addressId) => decodePages(client.onetimes(addressId), decodeOnetime)),
    subscriptionsAt: memoizeById((addressId) => decodePages(client.subscriptions({ addressId }), decodeSubscription)),
    subscriptions: batch(
      async (ids) => lookupRows(await collectRows(client.subscriptionsByIds(ids)), decodeSubscription),
      limits(isRecordId),
    ),
    variants: batch(async (ids) => findVariants(await client.findVariants(ids)), limits(isVariantId)),
  };
}

function ownerOf({ customerId }: WireCharge): string {
  return customerId;
}

/** Adds a problem for charges in an unknown state, of which one may be to come. */
function known({ records, problem: gap }: Decoded<WireCharge>): Decoded<WireCharge> {
  const [unknown, ...others] = records.filter(({ status }) => toOrderStatus(status) === 'UNKNOWN');
  if (!unknown) return { records, problem: gap };
  const what = inRecord(unknownStatus, unknown.id, 0);
  return { records, problem: leavingOut(gap, what, { unreadable: others.length + 1 }) };
}

const unknownStatus = problem('CONTRACT_DRIFT', 'A charge has a status that is not documented.');

function findVariants(body: unknown) {
  const fields = requireObject(body, 'a page of products');
  const { records, problem: unread } = decodeEach(
    requireList(fields, 'products'),
    decodeProduct,
    'external_product_id',
  );
  const items = records.flatMap(itemsOf);
  const gap = records.map(({ variants }) => variants.problem).find((each) => each !== null) ?? null;
  const unnamed = records.some(({ variants }) => variants.records.some(({ variantId }) => variantId === null));
  const missingId = unnamed ? contractDrift('`external_variant_id`').problem : null;
  return lookedUp(
    new Map(items.map((item) => [item.variantId, { state: 'found', value: item }] as const)),
    unread ?? gap ?? missingId,
  );
}
