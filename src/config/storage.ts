import { type ConfigProblem, configProblem } from './problem.js';
import type { StorageSection } from './sections.js';

/** Location and retention of operations. */
export interface StorageConfig {
  /** PostgreSQL URL; null for the embedded file. */
  readonly url: string | null;
  readonly file: string;
  /** The most connections of a process to PostgreSQL, the listening one aside. */
  readonly connections: number;
  /** PostgreSQL URL that bypasses poolers, for notifications; null for `url`. */
  readonly listenUrl: string | null;
  /** The most processes that ever run at once. */
  readonly replicas: number;
  /** Redis URL of shared budgets; null for the database. */
  readonly redis: string | null;
  /** Newest first; when empty, the key is kept beside the embedded file. */
  readonly encryptionKeys: readonly string[];
  /** Age at which settled operations are deleted; open ones never are. */
  readonly retentionDays: number;
  /** Age at which recovery gives up an open operation and leaves it to a person. */
  readonly giveUpAfterHours: number;
}

const DEFAULT_FILE = '.data/ledger.db';
const DEFAULT_CONNECTIONS = 10;
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
    connections: section?.connections ?? DEFAULT_CONNECTIONS,
    listenUrl: section?.listenUrl ?? null,
    replicas: section?.replicas ?? 1,
    redis: section?.redis ?? null,
    encryptionKeys: [section?.encryptionKey, section?.previousEncryptionKey].filter((key) => typeof key === 'string'),
    retentionDays: section?.retentionDays ?? DEFAULT_RETENTION_DAYS,
    giveUpAfterHours: section?.giveUpAfterHours ?? DEFAULT_GIVE_UP_HOURS,
  };
  return { storage, problems: problemsOf(section) };
}

function problemsOf(section: StorageSection | null): readonly ConfigProblem[] {
  const { url, file, connections, listenUrl, replicas, redis, encryptionKey, previousEncryptionKey } = section ?? {};
  const needsKey = url ?? previousEncryptionKey;
  return [
    ...(url && file ? [configProblem('storage.file', 'cannot stand beside storage.url. Remove one.')] : []),
    ...(connections && !url ? [configProblem('storage.connections', 'needs storage.url')] : []),
    ...(listenUrl && !url ? [configProblem('storage.listenUrl', 'needs storage.url')] : []),
    ...((replicas ?? 1) > 1 && !url ? [configProblem('storage.replicas', 'above 1 needs storage.url')] : []),
    ...(redis && (replicas ?? 1) === 1 ? [configProblem('storage.redis', 'needs storage.replicas above 1')] : []),
    ...(needsKey && !encryptionKey
      ? [configProblem('storage.encryptionKey', 'is missing. Make one with `openssl rand -base64 32` and keep it.')]
      : []),
  ];
}
