/** One request and its answer, sanitised. */
export interface Exchange {
  readonly method: string;
  /** Template of the endpoint. */
  readonly endpoint: string;
  /** Path and sorted query below the base URL. */
  readonly url: string;
  /** Digest of the sanitised body; null without one. */
  readonly body: string | null;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** One call of a port of the data source, with arguments that are identifiers. */
export interface RecordedRead {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly customerId: string | null;
}

/** Traffic of one account. */
export interface Recording {
  readonly format: typeof RECORDING_FORMAT;
  readonly provider: string;
  readonly recordedAt: string;
  readonly currency: string | null;
  readonly timeZone: string | null;
  /** Settings that change what is sent; credentials are none of them. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Reads by the data source that made them: what one has read, it does not read again. */
  readonly reads: readonly (readonly RecordedRead[])[];
  readonly exchanges: readonly Exchange[];
}

export const RECORDING_FORMAT = 'upsell-graph-recording/1';

/** Reads a recording. Throws for a text that is none. */
export function parseRecording(text: string): Recording {
  const value: Recording = JSON.parse(text);
  if (value.format !== RECORDING_FORMAT || !Array.isArray(value.exchanges) || !Array.isArray(value.reads))
    throw new Error(`not a recording in the format ${RECORDING_FORMAT}`);
  return value;
}
