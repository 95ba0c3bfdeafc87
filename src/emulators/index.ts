import { appstle } from './appstle/index.js';
import { centra } from './centra/index.js';
import type { EmulatorDefinition } from './kit/definition.js';
import { ordergroove } from './ordergroove/index.js';
import { recharge } from './recharge/index.js';
import { surecart } from './surecart/index.js';

export { EmulatorClock } from './kit/clock.js';
export type { SandboxEntry } from './kit/definition.js';
export { type EmulatorOptions, type RunningEmulator, startEmulator } from './kit/emulator.js';

/** Every emulator there is, by the configuration word of its provider. */
export const emulators = registry({
  appstle,
  centra,
  ordergroove,
  recharge,
  surecart,
});

/** Keeps the names and drops what only an emulator itself knows: its store and its switches. */
function registry<Name extends string>(
  definitions: Readonly<Record<Name, EmulatorDefinition<unknown>>>,
): Readonly<Record<Name, EmulatorDefinition<unknown>>> {
  return definitions;
}
