import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { providers } from '../../src/providers/index.js';
import type { CrashSubject } from '../crash/crash-subject.js';
import type { StageSubject } from '../emulators/misbehaviours/stage.js';
import type { WebhookSubject } from '../webhooks/webhook-subject.js';
import type { PlanShape } from '../operations/outcome/plan-shapes.js';
import type { ProviderSubject } from './subject.js';

/** What the folder of a provider holds, by the name of the file and of what it exports. */
interface Parts {
  readonly subject: ProviderSubject;
  readonly crash: CrashSubject;
  readonly plans: readonly PlanShape[];
  readonly stage: StageSubject;
  readonly webhooks: WebhookSubject;
}

async function load<Part extends keyof Parts>(provider: string, part: Part): Promise<Parts[Part]> {
  const file = `./${provider}/${part === 'subject' ? 'index' : part}.ts`;
  if (!existsSync(fileURLToPath(new URL(file, import.meta.url))))
    throw new Error(`the provider ${provider} is registered, and test/subjects/${file.slice(2)} is missing`);
  const exported: Parts = await import(file);
  return exported[part];
}

/**
 * Loads one part of every registered provider, from the folders of their names. One after the other: Jest cannot link
 * modules that load each other's dependencies at the same time.
 */
export async function loadPart<Part extends keyof Parts>(
  part: Part,
  names: readonly string[] = Object.keys(providers),
): Promise<ReadonlyMap<string, Parts[Part]>> {
  const all = new Map<string, Parts[Part]>();
  for (const name of names) all.set(name, await load(name, part));
  return all;
}

/** Returns what a map holds for a provider. Throws when there is none. */
export function ofProvider<Part>(parts: ReadonlyMap<string, Part>, name: string): Part {
  const part = parts.get(name);
  if (part === undefined) throw new Error(`there is no subject of ${name}`);
  return part;
}
