import type { EmulatorClock } from './clock.js';
import type { Deferred } from './deferred.js';
import type { EventLog } from './event-log.js';
import type { StaleReads } from './stale-reads.js';
import type { SwitchDefinitions, Switches } from './switches.js';
import type { WriteLog } from './write-log.js';

/** What an emulator's handlers work on. A reset replaces `store`, so read it anew in each request. */
export interface EmulatorContext<Store, Definitions extends SwitchDefinitions = SwitchDefinitions> {
  readonly clock: EmulatorClock;
  readonly switches: Switches<Definitions>;
  readonly events: EventLog;
  readonly deferred: Deferred;
  readonly staleReads: StaleReads;
  readonly writes: WriteLog;
  readonly store: Store;
}
