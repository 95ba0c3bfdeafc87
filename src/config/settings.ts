import type { AccountSection, FileSection } from './sections.js';

/** Configuration as an object, with the groups and names of the file. */
export type Settings = Omit<FileSection, 'accounts'> & {
  readonly accounts: readonly AccountSettings[];
};

/** One provider account: the common settings, and those of its provider. */
export type AccountSettings = AccountSection & Readonly<Record<string, unknown>>;
