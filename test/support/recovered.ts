import { setTimeout as pause } from 'node:timers/promises';
import { isSettled, type Operation } from '../../src/domain/operation.js';
import type { ProviderHarness } from './provider-harness.js';

const MINUTE_MS = 60_000;

/** Lets another process find an operation open, and look at it again and again until it has settled. */
export async function recovered<Settings extends object>(
  harness: ProviderHarness<Settings>,
  { id }: Operation,
  minutes = 60,
): Promise<Operation> {
  const { writes, actor } = harness.compose({ recoveryIntervalMs: 20 });
  writes.start();
  try {
    for (let minute = 0; minute < minutes; minute += 1) {
      harness.emulator.clock.advance(MINUTE_MS);
      await pause(100);
      const operation = await writes.byId(actor, id);
      if (operation && isSettled(operation)) return operation;
    }
    throw new Error(`it did not settle within ${minutes} minutes`);
  } finally {
    await writes.stop();
  }
}
