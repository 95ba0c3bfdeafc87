import type { Check, CheckResult } from './check.js';

const WORDS: Readonly<Record<CheckResult, string>> = { pass: 'Pass', warn: 'Warn', fail: 'Fail', skip: 'Skip' };

/** Renders checks for a person: one line a check, with what to do below what is wrong. */
export function describeChecks(checks: readonly Check[]): string {
  const widthOf = (texts: readonly string[]) => Math.max(...texts.map(({ length }) => length));
  const areas = widthOf(checks.map(({ area }) => area));
  const names = widthOf(checks.map(({ name }) => name));
  const lines = checks.flatMap(({ area, name, result, message, advice }) => [
    `${WORDS[result]}  ${area.padEnd(areas)}  ${name.padEnd(names)}  ${message}`,
    ...(advice === undefined ? [] : [`${' '.repeat(areas + names + 10)}→ ${advice}`]),
  ]);
  return [...lines, '', summaryOf(checks)].join('\n');
}

export function hasFailure(checks: readonly Check[]): boolean {
  return checks.some(({ result }) => result === 'fail');
}

function summaryOf(checks: readonly Check[]): string {
  const count = (wanted: CheckResult) => checks.filter(({ result }) => result === wanted).length;
  return `${count('pass')} passed, ${count('warn')} warnings, ${count('fail')} failed, ${count('skip')} skipped`;
}
