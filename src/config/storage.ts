import { type ConfigProblem, configProblem } from './problem.js';
import type { StorageSection } from './sections.js';

/** Where operations are kept, and how long. */
export interface StorageConfig {
  /** PostgreSQL; null: the embedded file. */
  readonly url: string | null;
  readonly file: string;
  /** Newest first; none: the key is kept beside the embedded file. */
  readonly encryptionKeys: readonly string[];
  /** Settled operations are forgotten after this; open ones never. */
  readonly retentionDays: number;
  /** Open operations are left for a person to look at after this. */
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
