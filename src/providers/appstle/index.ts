import type { Provider } from '../../domain/provider.js';
import { capabilities } from './capabilities.js';
import { openDataSource } from './datasource.js';
import { fromOrderKey } from './keys.js';
import { AppstleSettings } from './settings.js';
import { createTurns } from './turns.js';

export const appstle: Provider<AppstleSettings> = {
  key: 'APPSTLE',
  capabilities,
  defaultBaseUrl: 'https://subscription-admin.appstle.com',
  defaultTimeZone: null,
  settings: AppstleSettings,
  connect(account, services) {
    const writeTurns = createTurns(account.settings.parallelWrites);
    return {
      settlingMs: account.settings.settlingSeconds * 1000,
      // Two edits of one contract collide, whatever orders of it they are about.
      lockKey: (orderKey) => `contract:${fromOrderKey(orderKey)?.contractId ?? orderKey}`,
      open: (scope) => openDataSource(account, services, writeTurns, scope),
    };
  },
};
