import { providers } from '../../src/providers/index.js';
import type { ProviderSubject } from './subject.js';

async function load(name: string): Promise<ProviderSubject> {
  const { subject }: { readonly subject: ProviderSubject } = await import(`./${name}.ts`);
  return subject;
}

/** One after the other: Jest cannot link modules that load each other's dependencies at the same time. */
async function loadAll(): Promise<ReadonlyMap<string, ProviderSubject>> {
  const all = new Map<string, ProviderSubject>();
  for (const name of Object.keys(providers)) all.set(name, await load(name));
  return all;
}

/** The subject of every registered provider, from the file of its name. */
export const subjects = await loadAll();

export function subjectOf(name: string): ProviderSubject {
  const subject = subjects.get(name);
  if (!subject) throw new Error(`there is no subject of ${name}`);
  return subject;
}

/** By provider: what a suite that asks much is run with. */
export const unlimitedSwitches: Readonly<Record<string, Readonly<Record<string, unknown>>>> = Object.fromEntries(
  Array.from(subjects, ([name, { switches = {} }]) => [name, switches]),
);
