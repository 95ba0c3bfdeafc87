import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = new URL('../../', import.meta.url);

export const schemaText = readFileSync(new URL('schema/schema.graphql', root), 'utf8');

const folder = new URL('schema/operations/', root);

const variables: Readonly<Record<string, Record<string, unknown>>> = JSON.parse(
  readFileSync(new URL('variables.json', folder), 'utf8'),
);

/** The example operations but for subscriptions, in the order of their variables. */
export const examples = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql') && !file.startsWith('watch-'))
  .map((file) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const name = /^(?:query|mutation) (\w+)/m.exec(text)?.[1] ?? '';
    return { file, name, text, variables: variables[name] ?? {} };
  })
  .sort((left, right) => orderOf(left.name) - orderOf(right.name));

function orderOf(name: string): number {
  return Object.keys(variables).indexOf(name);
}

export function example(name: string): (typeof examples)[number] {
  const found = examples.find((each) => each.name === name);
  if (!found) throw new Error(`there is no example ${name}`);
  return found;
}

export interface Sandbox {
  readonly url: string;
  stop(): Promise<void>;
}

/** The server as `npm start` starts it, on a free port. */
export async function startSandbox(): Promise<Sandbox> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('dist/main.js', root))], {
    cwd: fileURLToPath(root),
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let written = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      written += data.toString();
      const match = /GraphQL +(http\S+)/.exec(written);
      if (match?.[1]) resolve(match[1]);
    });
    child.once('close', () => reject(new Error(`the server ended:\n${written}`)));
  });
  return {
    url,
    async stop() {
      child.kill();
      if (child.exitCode === null) await once(child, 'close');
    },
  };
}
