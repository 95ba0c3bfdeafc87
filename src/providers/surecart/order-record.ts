import type { Decoded } from '../kit/decode.js';
import { PAID, RENEWAL } from './codes.js';
import type { StoredLine, WireOrder } from './wire.js';
import type { WireUpsell } from './wire-catalogue.js';

/** An order with what its checkout holds. */
export interface OrderRecord {
  readonly wire: WireOrder;
  /** What was bought, in the order in which it was added; the components of bundles are left out. */
  readonly lines: Decoded<StoredLine>;
  /** The offer to show next; whether there is still time for it is another matter. */
  readonly upsell: WireUpsell | null;
}

export function toOrderRecord(wire: WireOrder, all: Decoded<StoredLine>, isDeclined: boolean): OrderRecord {
  const records = all.records
    .filter(({ bundleLineId }) => bundleLineId === null)
    .sort((left, right) => (left.createdAt?.getTime() ?? 0) - (right.createdAt?.getTime() ?? 0));
  const lines = { records, problem: all.problem };
  return { wire, lines, upsell: isDeclined ? null : openUpsell(wire, records) };
}

/** After its last step a funnel may go on naming the same upsell: that means its end. */
function openUpsell({ status, orderType, checkout }: WireOrder, lines: readonly StoredLine[]): WireUpsell | null {
  const { currentUpsell } = checkout;
  if (status !== PAID || orderType === RENEWAL || currentUpsell === null) return null;
  return lines.some(({ upsellId }) => upsellId === currentUpsell.id) ? null : currentUpsell;
}
