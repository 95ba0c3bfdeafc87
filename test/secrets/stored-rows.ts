import { readFileSync } from 'node:fs';
import { Client } from 'pg';

/** Everything a storage holds, as text in which bytes can be found again. */
export type ReadStored = () => Promise<string>;

/** The file with its journals: also what was deleted and lies there still. */
export function readFileBytes(file: string): ReadStored {
  return async () => [file, `${file}-wal`, `${file}-shm`].map(bytesOf).join('\n');
}

export function readRows(url: string): ReadStored {
  return async () => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      const tables = await client.query<{ name: string }>(
        `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'`,
      );
      const texts: string[] = [];
      for (const { name } of tables.rows) {
        const { rows } = await client.query<{ text: string }>(`select t::text as text from ${name} t`);
        texts.push(name, ...rows.map(({ text }) => text));
      }
      return texts.join('\n');
    } finally {
      await client.end();
    }
  };
}

function bytesOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
