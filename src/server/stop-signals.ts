import type { Logger } from './log.js';

/** `npm start` passes on a signal that the terminal already delivered: two at once are one. */
const SAME_SIGNAL_MS = 100;

/** Stops at the first SIGINT or SIGTERM, ends the process when that is done, or at once at the second signal. */
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

/** Without a listener SIGHUP, the usual request to reload, would kill the process and its running writes. */
export function ignoreHangup(log: Logger): void {
  process.on('SIGHUP', () => {
    log.warn('SIGHUP changes nothing: keys of the issuer are fetched as they change, all settings are read at start');
  });
}
