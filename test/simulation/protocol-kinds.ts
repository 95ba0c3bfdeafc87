import type { WriteRequest } from '../../src/domain/write.js';

/** How a provider does a write, as far as the protocol can tell providers apart. */
export interface ProtocolKind {
  readonly name: 'line' | 'charge' | 'units' | 'contract';
  /** What it promises: whatever left shows within this time. */
  readonly settlingMs: number;
  /** Both of its orders are written by one at a time. */
  readonly sharesLock: boolean;
  /** Takes an item back off an order nobody asked for. */
  readonly takesBack: boolean;
  stepsOf(request: WriteRequest): readonly string[];
}

/** One for each provider: Ordergroove, SureCart, Centra, Appstle. */
export const protocolKinds: readonly [ProtocolKind, ...ProtocolKind[]] = [
  {
    name: 'line',
    settlingMs: 5_000,
    sharesLock: false,
    takesBack: false,
    stepsOf: (request) =>
      request.kind === 'ADD_UPSELL_ITEM' && request.subscribe ? ['add_item', 'create_subscription'] : [stepOf(request)],
  },
  {
    name: 'charge',
    settlingMs: 20_000,
    sharesLock: false,
    takesBack: false,
    stepsOf: (request) => [stepOf(request)],
  },
  {
    name: 'units',
    settlingMs: 10_000,
    sharesLock: false,
    takesBack: false,
    stepsOf: (request) =>
      request.kind === 'ADD_UPSELL_ITEM'
        ? Array.from({ length: request.quantity }, (_, index) => `add_unit_${index + 1}`)
        : [stepOf(request)],
  },
  {
    name: 'contract',
    settlingMs: 20_000,
    sharesLock: true,
    takesBack: true,
    stepsOf: (request) => [stepOf(request)],
  },
];

function stepOf({ kind }: WriteRequest): string {
  switch (kind) {
    case 'ADD_UPSELL_ITEM':
      return 'add_item';
    case 'CONVERT_TO_SUBSCRIPTION':
      return 'create_subscription';
    case 'CHANGE_UPSELL_ITEM_QUANTITY':
      return 'change_quantity';
    case 'REMOVE_UPSELL_ITEM':
      return 'remove_item';
    case 'DECLINE_UPSELL_OFFER':
      return 'decline_offer';
    case 'COMPLETE_CHECKOUT':
      return 'complete_checkout';
  }
}
