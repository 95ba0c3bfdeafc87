/** One HTTP call and what came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON body, or null. */
  readonly json: Json;
}

/** JSON of any shape with safe access: absent parts read as undefined. */
export class Json {
  constructor(readonly value: unknown) {}

  at(...path: readonly (string | number)[]): unknown {
    return path.reduce<unknown>(
      (node, key) => (typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined),
      this.value,
    );
  }

  rows(...path: readonly (string | number)[]): readonly Json[] {
    const rows = this.at(...path);
    return Array.isArray(rows) ? rows.map((row) => new Json(row)) : [];
  }

  text(...path: readonly (string | number)[]): string {
    const value = this.at(...path);
    if (typeof value !== 'string') throw new TypeError(`No text at ${path.join('.')} in ${JSON.stringify(this.value)}`);
    return value;
  }
}

export type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** A caller of one emulator who always sends the same credentials. */
export function caller(url: string, credentials: Record<string, string> = {}): Call {
  return async (method, path, body, headers) => {
    const response = await fetch(new URL(path, url), {
      method,
      redirect: 'manual',
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...credentials, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: new Json(parsed(text)) };
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
