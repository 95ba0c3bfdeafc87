import { type ConfigProblem, configProblem } from './problem.js';
import type { StorageSection } from './sections.js';

/** Location and retention of operations. */
export interface StorageConfig {
  /** PostgreSQL URL; null for the embedded file. */
  readonly url: string | null;
  readonly file: string;
  /** Newest first; when empty, the key is kept beside the embedded file. */
  readonly encryptionKeys: readonly string[];
  /** Age at which settled operations are deleted; open ones never are. */
  readonly retentionDays: number;
  /** Age at which recovery gives up an open operation and leaves it to a person. */
  readonly giveUpAfterHours: number;
}

const DEFAULT_FILE = '.data/ledger.db';
const DEFAULT_RETENTION_DAYS = 30;
const DEFAULT_GIVE_UP_HOURS = 24;

export function checkStorage(section: StorageSection | null): {
  readonly storage: StorageConfig;
  readonly problems: readonly ConfigProblem[];
} {
  const url = section?.url ?? null;
  const file = section?.file ?? null;
  const storage = {
    url,
    file: file ?? DEFAULT_FILE,
    encryptionKeys: [section?.encryptionKey, section?.previousEncryptionKey].filter((key) => typeof key === 'string'),
    retentionDays: section?.retentionDays ?? DEFAULT_RETENTION_DAYS,
    giveUpAfterHours: section?.giveUpAfterHours ?? DEFAULT_GIVE_UP_HOURS,
  };
  return { storage, problems: problemsOf(section) };
}

function problemsOf(section: StorageSection | null): readonly ConfigProblem[] {
  const { url, file, encryptionKey, previousEncryptionKey } = section ?? {};
  const needsKey = url ?? previousEncryptionKey;
  return [
    ...(url && file ? [configProblem('storage.file', 'cannot stand beside storage.url. Remove one.')] : []),
    ...(needsKey && !encryptionKey
      ? [configProblem('storage.encryptionKey', 'is missing. Make one with `openssl rand -base64 32` and keep it.')]
      : []),
  ];
}
