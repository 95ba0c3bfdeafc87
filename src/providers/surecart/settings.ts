import { OptionalChoice, OptionalCount, OptionalSeconds, RequiredText } from '../kit/settings.js';

/** Settings of a SureCart account. Where the documentation can be read two ways, one of them chooses. */
export class SureCartSettings {
  /** Secret key of the account; it may do everything, so it stays on the server. */
  @RequiredText()
  token!: string;

  /** Live and test records lie in the same lists; those of the other mode are treated as missing. */
  @OptionalChoice('live', 'test')
  mode: 'live' | 'test' = 'live';

  /** Dry runs for one round of eligibility questions: they may count against the limit of 10 sensitive calls a minute. */
  @OptionalCount(0, 10)
  dryRunsPerCheck: number = 3;

  /** Whether a paid line may become a subscription although no endpoint does it: `refuse` leaves it to the shop. */
  @OptionalChoice('compose', 'refuse')
  paidConversions: 'compose' | 'refuse' = 'compose';

  /** What becomes of the one-time purchase that a subscription carries on. */
  @OptionalChoice('revoke', 'keep')
  convertedPurchases: 'revoke' | 'keep' = 'revoke';

  /** Taken off the end of the window. */
  @OptionalSeconds(86_400)
  safetyMarginSeconds: number = 5;

  /** How long after a lost answer a write may still show up; charging takes its time. */
  @OptionalSeconds(600)
  settlingSeconds: number = 20;
}
