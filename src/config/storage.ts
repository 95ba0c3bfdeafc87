import { type ConfigProblem, configProblem } from './problem.js';
import type { StorageSection } from './sections.js';

/** Where operations are kept, and how long. */
export interface StorageConfig {
  /** PostgreSQL; null: the embedded file. */
  readonly url: string | null;
  readonly file: string;
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
    retentionDays: section?.retentionDays ?? DEFAULT_RETENTION_DAYS,
    giveUpAfterHours: section?.giveUpAfterHours ?? DEFAULT_GIVE_UP_HOURS,
  };
  const isTwofold = url !== null && file !== null;
  return {
    storage,
    problems: isTwofold ? [configProblem('storage.file', 'cannot stand beside storage.url. Remove one.')] : [],
  };
}
