import { loadPart, ofProvider } from './parts.js';
import type { ProviderSubject } from './subject.js';

/** The subject of every registered provider, from the folder of its name. */
export const subjects = await loadPart('subject');

export function subjectOf(name: string): ProviderSubject {
  return ofProvider(subjects, name);
}

/** By provider: what a suite that asks much is run with. */
export const unlimitedSwitches: Readonly<Record<string, Readonly<Record<string, unknown>>>> = Object.fromEntries(
  Array.from(subjects, ([name, { switches = {} }]) => [name, switches]),
);
