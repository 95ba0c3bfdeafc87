import type { AccountSection, FileSection } from './sections.js';

/** The configuration as an object: the same groups and names as in the file. */
export type Settings = Omit<FileSection, 'accounts'> & {
  readonly accounts: readonly AccountSettings[];
};

/** One provider account: the common settings, and those of its provider. */
export type AccountSettings = AccountSection & Readonly<Record<string, unknown>>;
