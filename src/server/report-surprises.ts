import {
  areContextsKept,
  currentContext,
  endPassingContexts,
  withContext,
  withPassingContext,
} from '../observability/async-context.js';
import { findReporterBy, type ReportSurprise } from '../providers/kit/surprises.js';

/** Every read has ended this long after it began. */
const LONGEST_READ_MS = 600_000;
/** How long reads are told apart once it was not clear whose surprise one was, and how often at most. */
const WATCH_MS = 10_000;
const WATCH_EVERY_MS = 60_000;

/** Receives surprises of one account. */
export interface AccountReporter {
  readonly report: ReportSurprise;
  /** Receives what may be of this account or of another one. */
  readonly reportUnclear: ReportSurprise;
}

/** When the latest read of each account began. */
const latestReads = new Map<AccountReporter, number>();
let watchedSince = Number.NEGATIVE_INFINITY;
let isWatching = false;

findReporterBy(() => currentContext().surprise ?? reporterByTime());

/** Runs reads whose surprises are reported. */
export function reportingSurprises<T>(report: ReportSurprise, work: () => T): T {
  return withContext({ surprise: report }, work);
}

/**
 * Runs reads of a server and reports their surprises. A context would slow down every promise for what hardly ever happens, so
 * that a surprise that may be of several accounts is reported as unclear; reads have contexts for a while from then on, and it
 * is reported of its account when it comes again.
 */
export function watchSurprises<T>(reporter: AccountReporter, work: () => T): T {
  const { report } = reporter;
  if (areContextsKept()) return reportingSurprises(report, work);
  const now = performance.now();
  latestReads.set(reporter, now);
  if (isWatching && now - watchedSince > WATCH_MS) {
    isWatching = false;
    endPassingContexts();
  }
  return isWatching ? withPassingContext({ surprise: report }, work) : work();
}

export function forgetReporter(reporter: AccountReporter): void {
  latestReads.delete(reporter);
}

/** Returns the reporter of the only account that was read lately, or one for what may be of several. */
function reporterByTime(): ReportSurprise | undefined {
  const now = performance.now();
  const recent = [...latestReads].filter(([, begun]) => now - begun < LONGEST_READ_MS);
  if (recent.length > 1 && now - watchedSince > WATCH_EVERY_MS) {
    watchedSince = now;
    isWatching = true;
  }
  const [[latest] = []] = recent.sort(([, one], [, other]) => other - one);
  return recent.length > 1 ? latest?.reportUnclear : latest?.report;
}
