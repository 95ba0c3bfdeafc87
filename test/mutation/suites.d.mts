/** By folder of `src`: patterns of suites. */
export const suitesOf: Readonly<Record<string, readonly string[]>>;
