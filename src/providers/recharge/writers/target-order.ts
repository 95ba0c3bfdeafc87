import { valueOf } from '../../../domain/lookup.js';
import { ProviderFailure } from '../../../domain/problem.js';
import { notFound, type Refusal } from '../../../domain/refusal.js';
import { sameText } from '../../../domain/same-customer.js';
import type { AddItem } from '../../../domain/write.js';
import { findCharge, isQueued } from '../charges.js';
import { fromOrderKey } from '../keys.js';
import type { Session } from '../session.js';
import type { WireCharge } from '../wire.js';
import { requireRebuilt } from './write-view.js';

/** Reads the charge to add to, or why there is none. Throws `ProviderFailure` when it cannot be read, or not yet. */
export async function readTargetOrder(
  session: Session,
  { orderKey, ifTargetMoved }: Pick<AddItem, 'orderKey' | 'ifTargetMoved'>,
): Promise<WireCharge | Refusal> {
  const key = fromOrderKey(orderKey);
  if (!key) return noSuchOrder;
  const charge = valueOf(await findCharge(session, key));
  if (charge === null) return noSuchOrder;
  if (isQueued(charge)) return settled(charge);
  const next = ifTargetMoved === 'ACCEPT' ? await readNext(session, charge) : null;
  return next ? settled(next) : charge;
}

/** Reads the next charge of the same address, for whoever accepts another order. */
async function readNext({ reads }: Session, { addressId, customerId }: WireCharge): Promise<WireCharge | null> {
  const { records } = await reads.queuedCharges.get(addressId);
  return records.find((each) => sameText(each.customerId, customerId)) ?? null;
}

export function settled(charge: WireCharge): WireCharge {
  const lag = requireRebuilt(charge);
  if (lag) throw new ProviderFailure(lag);
  return charge;
}

const noSuchOrder: Refusal = notFound(['orderId'], 'order');
