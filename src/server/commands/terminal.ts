/** Exit codes of sysexits.h: wrong usage and wrong configuration. */
export const EXIT_USAGE = 64;
export const EXIT_CONFIG = 78;
/** Exit code for an unavailable service. */
export const EXIT_STORAGE = 69;

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function fail(code: number, message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = code;
}
