import type { Provider } from '../../domain/provider.js';
import { capabilities } from './capabilities.js';
import { openDataSource } from './datasource.js';
import { CentraSettings } from './settings.js';

export const centra: Provider<CentraSettings> = {
  key: 'CENTRA',
  capabilities,
  defaultBaseUrl: null,
  defaultTimeZone: null,
  settings: CentraSettings,
  connect(account, services) {
    return {
      settlingMs: account.settings.settlingSeconds * 1000,
      open: (scope) => openDataSource(account, services, scope),
    };
  },
};
