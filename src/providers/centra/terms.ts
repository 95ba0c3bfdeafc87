import type { AccountStore, StoredRecord } from '../../domain/account-store.js';
import type { WireTerms } from './wire.js';

/** What Centra says once, when the checkout is finished, of adding to the order. */
export interface UpsellTerms {
  readonly isOffered: boolean;
  /** Null when that could not be read. */
  readonly isAllowed: boolean | null;
  /** Null: not a time the plugin can be set to. */
  readonly minutes: number | null;
  /** When the countdown began, by this server's clock. */
  readonly startedAt: Date;
  /** Lines the order had then: all others were added later. */
  readonly lines: readonly string[];
}

/** What is remembered of an order. It holds no personal data and no session. */
export interface OrderMemory {
  terms(orderNumber: string): Promise<UpsellTerms | null>;
  /** Keeps the first terms of an order and returns them: nothing starts the countdown again. */
  keepTerms(orderNumber: string, terms: UpsellTerms): Promise<UpsellTerms>;
  /** Returns the selection that an order came from, by which Shop API finds it. */
  selectionOf(orderNumber: string): Promise<string | null>;
  orderOf(selectionId: string): Promise<string | null>;
  link(orderNumber: string, selectionId: string): Promise<void>;
}

const DAY_MS = 86_400_000;
/** https://docs.centra.com/plugins/klarna: 1 to 20 minutes. */
const LONGEST_MINUTES = 20;

export function createOrderMemory(store: AccountStore, now: () => Date, keptDays: number): OrderMemory {
  const until = () => new Date(now().getTime() + keptDays * DAY_MS);
  const keys = {
    terms: (order: string) => `terms:${order}`,
    selection: (order: string) => `selection:${order}`,
    order: (selection: string) => `order:${selection}`,
  };
  return {
    async terms(order) {
      const record = await store.get(keys.terms(order));
      return record && toTerms(record);
    },
    keepTerms: async (order, terms) => toTerms(await store.putIfAbsent(keys.terms(order), toRecord(terms), until())),
    selectionOf: async (order) => (await store.get(keys.selection(order)))?.['selection'] ?? null,
    orderOf: async (selection) => (await store.get(keys.order(selection)))?.['order'] ?? null,
    async link(order, selection) {
      await store.putIfAbsent(keys.selection(order), { selection }, until());
      await store.putIfAbsent(keys.order(selection), { order }, until());
    },
  };
}

export function termsFrom(wire: WireTerms | null, startedAt: Date, lines: readonly string[]): UpsellTerms {
  const stated = wire?.timeLimit ?? null;
  const minutes = stated === null || stated < 1 ? null : Math.min(stated, LONGEST_MINUTES);
  return { isOffered: wire !== null, isAllowed: wire?.isAllowed ?? null, minutes, startedAt, lines };
}

function toRecord({ isOffered, isAllowed, minutes, startedAt, lines }: UpsellTerms): StoredRecord {
  return {
    offered: isOffered ? 'yes' : 'no',
    allowed: isAllowed === null ? '' : isAllowed ? 'yes' : 'no',
    minutes: minutes === null ? '' : String(minutes),
    startedAt: startedAt.toISOString(),
    lines: lines.join(' '),
  };
}

function toTerms({ offered, allowed, minutes = '', startedAt = '', lines = '' }: StoredRecord): UpsellTerms {
  return {
    isOffered: offered === 'yes',
    isAllowed: allowed === '' ? null : allowed === 'yes',
    minutes: minutes === '' ? null : Number(minutes),
    startedAt: new Date(startedAt),
    lines: lines.split(' ').filter((line) => line !== ''),
  };
}
