import type { Logger } from './log.js';

/** Window in which two signals count as one: `npm start` forwards a signal that the terminal already delivered. */
const SAME_SIGNAL_MS = 100;

/** Stops on the first SIGINT or SIGTERM and then exits; exits at once on the second. */
export function stopOnSignals(
  stop: (signal: NodeJS.Signals) => Promise<void>,
  reportFailure: (error: unknown) => void,
): void {
  let firstAt: number | null = null;

  const onSignal = (signal: NodeJS.Signals) => {
    if (firstAt === null) {
      firstAt = performance.now();
      void stop(signal).then(
        () => process.exit(0),
        (error: unknown) => {
          reportFailure(error);
          process.exit(1);
        },
      );
    } else if (performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(1);
  };

  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, onSignal);
}

/** Ignores SIGHUP, the usual request to reload, which would otherwise kill the process and its running writes. */
export function ignoreHangup(log: Logger): void {
  process.on('SIGHUP', () => {
    log.warn("SIGHUP is ignored: the issuer's keys are fetched as they change, all settings are read at start");
  });
}
