import type { Timers } from '../../src/operations/timers.js';
import type { Life } from './replica.js';

/** How often a replica looks for operations left open; no other timer is as long. */
export const RECOVERY_INTERVAL_MS = 4_999;

/** The timers of one process. `hasDue` tells whether a look for open operations would find any: others are left out. */
export function simulatedTimers(life: Life, hasDue: () => boolean): Timers {
  const { replica } = life;
  return {
    monotonicMs: () => replica.monotonicMs(),
    sleep: (ms) => new Promise((resolve) => replica.deliver(life, ms, resolve, true)),
    schedule(ms, callback) {
      let isOn = true;
      const fire = () => {
        if (isOn) callback();
      };
      if (ms === RECOVERY_INTERVAL_MS) replica.deliverWhen(life, ms, hasDue, fire);
      else replica.deliver(life, ms, fire, true);
      return () => {
        isOn = false;
      };
    },
    timeoutSignal(ms) {
      const controller = new AbortController();
      replica.deliver(life, ms, () => controller.abort(), true);
      return controller.signal;
    },
  };
}
