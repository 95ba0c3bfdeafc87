import type { CallLimit, CallLimits, Rate } from '../domain/call-limits.js';
import { checkSection, isSettings, type Settings, unknownSetting } from './check-section.js';
import { type ConfigProblem, configProblem, pathTo } from './problem.js';
import { OptionalCount } from './rules.js';
import { Setting } from '../domain/setting.js';

/** A limit as configured; absent parts keep the provider's values. */
export class CallLimitSection {
  @Setting('Calls at a time.')
  @OptionalCount(1, 1_024)
  readonly parallel?: number | null;

  @Setting('Calls per `seconds`; 0 for no limit.')
  @OptionalCount(0, 100_000)
  readonly calls?: number | null;

  @Setting('Length of the window of `calls`.')
  @OptionalCount(1, 3_600)
  readonly seconds?: number | null;
}

/** Merges a provider's limits with the operator's. */
export function checkCallLimits(
  raw: Settings | null,
  provided: CallLimits,
  path: string,
): { readonly limits: CallLimits; readonly problems: readonly ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const changed = Object.entries(raw ?? {}).flatMap(([name, entry]): [string, CallLimit][] => {
    const at = pathTo(path, name);
    const limit = Object.hasOwn(provided, name) ? provided[name] : undefined;
    if (limit === undefined) problems.push(unknownSetting(path, [name, entry], Object.keys(provided)));
    else if (!isSettings(entry)) problems.push(configProblem(at, 'must be a group of settings'));
    else {
      const section = checkSection(CallLimitSection, entry, at);
      problems.push(...section.problems);
      return [[name, changeLimit(limit, section.value)]];
    }
    return [];
  });
  return { limits: { ...provided, ...Object.fromEntries(changed) }, problems };
}

function changeLimit(limit: CallLimit, { parallel, calls, seconds }: CallLimitSection): CallLimit {
  const { rate: known, ...others } = limit;
  const rate = changeRate(known, calls ?? null, seconds ?? null);
  return { ...others, ...(typeof parallel === 'number' && { parallel }), ...(rate && { rate }) };
}

function changeRate(rate: Rate | undefined, calls: number | null, seconds: number | null): Rate | undefined {
  if (calls === 0 || (calls === null && !rate)) return undefined;
  return { ...rate, calls: calls ?? rate?.calls ?? 1, seconds: seconds ?? rate?.seconds ?? 1 };
}
