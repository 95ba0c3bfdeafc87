import type { Provider } from '../domain/provider.js';
import { appstle } from './appstle/index.js';
import { centra } from './centra/index.js';
import { ordergroove } from './ordergroove/index.js';
import { recharge } from './recharge/index.js';
import { surecart } from './surecart/index.js';

/** Every provider by the word the configuration uses for it. */
export const providers = {
  appstle,
  centra,
  ordergroove,
  recharge,
  surecart,
} satisfies Readonly<Record<string, Provider>>;
