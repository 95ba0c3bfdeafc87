/** Receives the name of a field whose value is not what the provider documents. */
export type ReportSurprise = (field: string) => void;

let reporter: () => ReportSurprise | undefined = () => undefined;

/** Sets how the reporter of the running code is found: decoders are given rows, and not for whom they decode. */
export function findReporterBy(find: () => ReportSurprise | undefined): void {
  reporter = find;
}

/** Reports a field whose value was not understood, and which the record goes without. Without a reporter it is not even counted. */
export function surprise(field: string): void {
  reporter()?.(field);
}
