export type CheckResult = 'pass' | 'warn' | 'fail' | 'skip';

/** One thing that was looked at. No text holds a configured value that may be secret. */
export interface Check {
  /** Key of an account, or `ledger`, `tokens`, `process`. */
  readonly area: string;
  readonly name: string;
  readonly result: CheckResult;
  /** What was found. */
  readonly message: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** Says the checks of one area without repeating its name. */
export function checksOf(area: string) {
  const say =
    (result: CheckResult) =>
    (name: string, message: string, advice?: string): Check => ({
      area,
      name,
      result,
      message,
      ...(advice !== undefined && { advice }),
    });
  return { pass: say('pass'), warn: say('warn'), fail: say('fail'), skip: say('skip') };
}
