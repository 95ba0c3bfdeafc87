import { OptionalChoice, OptionalCount, OptionalSeconds, RequiredText } from '../kit/settings.js';
import { Setting } from '../../domain/setting.js';

/** Settings of a SureCart account. Where the documentation can be read two ways, one of them chooses. */
export class SureCartSettings {
  @Setting('Secret key of the account.')
  @RequiredText()
  token!: string;

  @Setting('Mode of the records that are shown; those of the other count as missing.')
  @OptionalChoice('live', 'test')
  mode: 'live' | 'test' = 'live';

  @Setting('Dry runs for one round of eligibility questions: they may count against the limit of sensitive calls.')
  @OptionalCount(0, 10)
  dryRunsPerCheck: number = 3;

  @Setting('Whether a paid line may become a subscription although no endpoint does it.')
  @OptionalChoice('compose', 'refuse')
  paidConversions: 'compose' | 'refuse' = 'compose';

  @Setting('What becomes of the one-time purchase that a subscription carries on.')
  @OptionalChoice('revoke', 'keep')
  convertedPurchases: 'revoke' | 'keep' = 'revoke';

  @Setting('Taken off the end of the window.')
  @OptionalSeconds(86_400)
  safetyMarginSeconds: number = 5;

  @Setting('How long after a lost response a write may still show up.')
  @OptionalSeconds(600)
  settlingSeconds: number = 20;
}
