/** The provider's own: a record is an object literal, one field reader a property. */
import { decodeItem, decodeOrder, decodeSubscription } from '../../dist/providers/ordergroove/wire.js';

export const literals = { order: decodeOrder, item: decodeItem, subscription: decodeSubscription };
