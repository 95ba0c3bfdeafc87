import type { Provider } from '../../domain/provider.js';
import { capabilities } from './capabilities.js';
import { openDataSource } from './datasource.js';
import { limitParallel } from './parallel-limit.js';
import { SureCartSettings } from './settings.js';

export const surecart: Provider<SureCartSettings> = {
  key: 'SURECART',
  capabilities,
  defaultBaseUrl: 'https://api.surecart.com',
  defaultTimeZone: null,
  settings: SureCartSettings,
  connect(account, services) {
    const transport = limitParallel(services.transport, account.settings.parallelCalls);
    return {
      settlingMs: account.settings.settlingSeconds * 1000,
      open: (scope) => openDataSource(account, { ...services, transport }, scope),
    };
  },
};
