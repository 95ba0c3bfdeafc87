import { lossIn } from '../../src/domain/problem.js';
import type { Answered } from './read-paths.js';
import { isRecord, type JsonRecord } from './spoil.js';

/**
 * Lists what an answer says otherwise than the whole one: what is not known may be missing from it, and nothing else.
 * `isAbsence`: the provider said that a record is not there.
 */
export function otherwise(whole: Answered, answer: Answered, isAbsence: boolean): readonly string[] {
  const faults: string[] = [];
  let isLess = false;
  for (const [key, was] of whole.records) {
    const is = answer.records.get(key);
    if (is === undefined) {
      if (!lossIn(answer.list?.problem ?? null)) faults.push(': gone without a word');
    } else if (is.state === 'found' && was.state === 'found') {
      for (const difference of differences(was.value, is.value, '')) {
        if (difference.fault === null || (isAbsence && difference.isRefusal)) isLess = true;
        else faults.push(difference.fault);
      }
    } else if (is.state !== was.state && is.state !== 'failed' && was.state !== 'failed') {
      if (!isAbsence || is.state !== 'missing') faults.push(`: ${is.state}`);
    }
  }
  for (const key of answer.records.keys()) if (!whole.records.has(key)) faults.push(': one more');
  if (isLess && answer.list?.problem === null) faults.push(': facts are missing without a word');
  return [...new Set(faults)];
}

interface Difference {
  /** Null: something is not known. */
  readonly fault: string | null;
  /** It is about a verdict that something is impossible. */
  readonly isRefusal?: boolean;
}

/** Words for what is not known. */
const NOTHING: ReadonlySet<unknown> = new Set([null, 'UNKNOWN', 'UNAVAILABLE']);

function* differences(was: unknown, is: unknown, path: string): Generator<Difference> {
  if (is === was) return;
  if (NOTHING.has(is)) yield { fault: null };
  else if (isRecord(was) && isRecord(is)) {
    if (Array.isArray(was['reasons'])) yield* judgedOtherwise(was, is, path);
    else {
      for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
        yield* differences(was[name] ?? null, is[name] ?? null, `${path}.${name}`);
      }
    }
  } else if (Array.isArray(was) && Array.isArray(is)) {
    // Of payments, those that are known are told.
    if (is.length > was.length || (is.length < was.length && !path.endsWith('.payments'))) {
      yield { fault: `${path}: ${is.length} of ${was.length}` };
    } else for (const [index, each] of is.entries()) yield* differences(was[index], each, `${path}[]`);
  } else yield { fault: `${path}: ${JSON.stringify(is)} instead of ${JSON.stringify(was)}` };
}

const UNKNOWN: ReadonlySet<unknown> = new Set(['UNKNOWN', 'PROVIDER_UNAVAILABLE']);

/** Compares verdicts: what could not be checked is told as a reason, and leaves out no other without one. */
function* judgedOtherwise(was: JsonRecord, is: JsonRecord, path: string): Generator<Difference> {
  const {
    reasons: reasonsBefore,
    verdict: verdictBefore,
    possibleModes: modesBefore,
    basis: basisBefore,
    ...before
  } = was;
  const { reasons, verdict, possibleModes, basis, ...rest } = is;
  const codesBefore = new Set(codesIn(reasonsBefore));
  const codes = new Set(codesIn(reasons));
  const isUnsure = [...codes].some((code) => UNKNOWN.has(code));
  const isRefusal = verdict === 'INELIGIBLE';
  const more = [...codes].filter((code) => !UNKNOWN.has(code) && !codesBefore.has(code));
  const less = [...codesBefore].filter((code) => !codes.has(code));
  const modes = listOf(possibleModes).filter((mode) => !listOf(modesBefore).includes(mode));
  const faults = [
    ...(verdict === verdictBefore || verdict === 'UNKNOWN'
      ? []
      : [`verdict: ${String(verdict)} instead of ${String(verdictBefore)}`]),
    ...(more.length > 0 ? [`reasons: ${more.join()} as well`] : []),
    ...(less.length > 0 && !isUnsure ? [`reasons: not ${less.join()}`] : []),
    ...(modes.length > 0 ? [`possibleModes: ${modes.join()} as well`] : []),
    ...(basis === basisBefore || verdict === 'UNKNOWN'
      ? []
      : [`basis: ${String(basis)} instead of ${String(basisBefore)}`]),
  ];
  for (const fault of faults) yield { fault: `${path}.${fault}`, isRefusal };
  yield* differences(before, rest, path);
}

function codesIn(reasons: unknown): readonly unknown[] {
  return listOf(reasons).map((each) => (isRecord(each) ? each['code'] : each));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
