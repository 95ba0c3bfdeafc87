import { nextOccurrence } from '../../kit/calendar.js';
import { announce } from '../announcements.js';
import { toStamp } from '../eastern-time.js';
import { type Exchange, idIn, onAddress, type RechargeEndpoints } from '../endpoints.js';
import { dateIn, externalIdIn } from '../input.js';
import { futureDate } from '../items.js';
import { discountsOf } from '../pricing.js';
import { mergeOn, queuedAt, rebuild, scheduleRebuild } from '../rebuild.js';
import type { ChargeRecord } from '../records.js';
import { invalid, missingScope } from '../refusals.js';
import { chargeById, shown } from './charges.js';

const WRITE = ['write_orders', 'write_charges'];

/** Serves the changes of charges. See https://docs.getrecharge.com/docs/charges */
export function chargeChanges(endpoints: RechargeEndpoints): void {
  const write = (path: string, change: (exchange: Exchange, charge: ChargeRecord) => void) =>
    endpoints.write('POST', onAddress(`/charges/:id/${path}`, WRITE, addressOf), (exchange) => {
      const charge = chargeById(exchange);
      change(exchange, charge);
      charge.updated_at = toStamp(exchange.context.clock.now());
      announce(exchange.context, 'charge/updated', charge);
      return shown(exchange, charge);
    });

  write('skip', skip);
  write('unskip', unskip);
  write('change_next_charge_date', (exchange, charge) => {
    moveTo(exchange, charge, futureDate(exchange, dateIn(exchange.input, 'next_charge_date')));
  });
  write('apply_discount', applyDiscount);
  write('remove_discount', (_exchange, charge) => (charge.discounts = []));
  write('add_free_gift', addGift);
  write('remove_free_gift', (_exchange, charge) => (charge.lines = charge.lines.filter((line) => !line.is_gift)));

  // They take scopes that are given to few, and to none here.
  for (const path of ['process', 'refund', 'capture_payment']) {
    endpoints.write('POST', `/charges/:id/${path}`, () => {
      throw missingScope(['write_payments']);
    });
  }
}

function addressOf(exchange: Exchange): number | null {
  return exchange.context.store.charges.get(idIn(exchange))?.address_id ?? null;
}

/** Skips the named items, or all that recur, until their next turn. One-time items stay, on a charge of their own. */
function skip({ context, input }: Exchange, charge: ChargeRecord): void {
  if (charge.status !== 'queued') throw invalid({ status: 'The charge is not queued' });
  const named = new Set(input.list('purchase_item_ids').map(Number));
  const isMeant = (id: number | null) => id !== null && (named.size === 0 || named.has(id));
  const skipped = charge.lines.filter(
    (line) => line.purchase_item_type === 'subscription' && isMeant(line.purchase_item_id),
  );
  if (skipped.length === 0) throw invalid({ purchase_item_ids: 'Prepaid items cannot be skipped' });
  charge.lines = skipped;
  charge.status = 'skipped';
  for (const line of skipped) {
    const subscription = context.store.subscriptions.get(line.purchase_item_id);
    if (!subscription) continue;
    const { order_interval_unit: unit, order_interval_frequency: count, anchor_day: anchor } = subscription;
    subscription.next_charge_scheduled_at = nextOccurrence(charge.scheduled_at, { unit, count }, anchor).date;
  }
  scheduleRebuild(context, charge.address_id);
}

/** Queues a skipped charge again. What was left on that date meanwhile joins it again. */
function unskip({ context }: Exchange, charge: ChargeRecord): void {
  const { store } = context;
  if (charge.status !== 'skipped') throw invalid({ status: 'The charge is not skipped' });
  for (const { purchase_item_id: id } of charge.lines) {
    const subscription = store.subscriptions.get(id);
    if (subscription) subscription.next_charge_scheduled_at = charge.scheduled_at;
  }
  for (const other of queuedAt(store, charge.address_id)) {
    if (other.scheduled_at === charge.scheduled_at) store.charges.delete(other.id);
  }
  charge.status = 'queued';
  rebuild(context, charge.address_id);
}

/** Moves a charge to another date, and merges it with a charge that has that date. */
function moveTo({ context }: Exchange, charge: ChargeRecord, date: string): void {
  const { store } = context;
  for (const { purchase_item_id: id } of charge.lines) {
    const item = store.subscriptions.get(id) ?? store.onetimes.get(id);
    if (item) item.next_charge_scheduled_at = date;
  }
  if (mergeOn(context, charge.address_id, date)) store.charges.delete(charge.id);
  else {
    charge.original_scheduled_at ??= charge.scheduled_at;
    charge.scheduled_at = date;
  }
  rebuild(context, charge.address_id);
}

const PERCENT_OFF = 15;

/** Applies a discount to a charge that has none, neither of its own nor of its address. */
function applyDiscount({ context, input }: Exchange, charge: ChargeRecord): void {
  if (discountsOf(context.store, charge).length > 0) throw invalid({ discount: ['Only one discount can be applied.'] });
  const id = input.optionalInteger('discount_id') ?? charge.id;
  const code = input.has('discount_id') ? `D${id}` : input.text('discount_code');
  charge.discounts = [{ id, code, percent: PERCENT_OFF }];
}

/** Adds a gift, which has no item of its own and costs nothing. */
function addGift({ context, input }: Exchange, charge: ChargeRecord): void {
  const variant = context.store.variants.get(externalIdIn(input, 'external_variant_id'));
  if (!variant) throw invalid({ external_variant_id: ['Not a variant of this store.'] });
  const gift = { purchase_item_id: null, purchase_item_type: null, quantity: 1, unit_price: 0, properties: [] };
  charge.lines = [...charge.lines, { ...gift, external_variant_id: variant.external_variant_id, is_gift: true }];
}
