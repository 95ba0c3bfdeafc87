import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Counts the lines this shop wrote to keep the shopper's decisions, to say what is in doubt, to count down and to
 * connect: all of the files that do nothing else, and each line elsewhere that uses `upsell-graph-client` or what came
 * from it. Blank lines do not count, comments do.
 */
const source = fileURLToPath(new URL('src/', import.meta.url));
const whole = new Set(['shopper.ts', 'parts/outcome.tsx', 'parts/countdown.tsx']);
const generated = 'graphql/';

export function countLines() {
  return readdirSync(source, { recursive: true })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith(generated))
    .toSorted((left, right) => (left < right ? -1 : 1))
    .map((path) => {
      const text = readFileSync(source + path, 'utf8');
      const lines = text.split('\n').filter((line) => line.trim() !== '');
      return { path, lines: lines.length, counted: whole.has(path) ? lines.length : linesOfClient(text).length };
    });
}

/** Lines with a name that was imported from the client, with what a hook of it gave, or with the text that tells. */
function linesOfClient(text) {
  const imported = [
    ...text.matchAll(
      /import (?:type )?\{([^}]+)\} from '(?:upsell-graph-client[^']*|[^']*\/(?:outcome|countdown|shopper))'/g,
    ),
  ]
    .flatMap(([, names]) => names.split(','))
    .map((name) => name.replace('type ', '').trim())
    .filter(Boolean);
  if (imported.length === 0) return [];
  const given = [...text.matchAll(new RegExp(`const (\\w+|\\{[^}]+\\}) = (?:${imported.join('|')})\\b`, 'g'))]
    .flatMap(([, names]) => names.replaceAll(/[{}]/g, '').split(','))
    .map((name) => name.split(':').at(-1).trim())
    .filter(Boolean);
  const isOfClient = new RegExp(`\\b(?:${[...imported, ...given, 'upsell-graph-client'].join('|')})\\b`);
  return text.split('\n').filter((line) => isOfClient.test(line));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = countLines();
  for (const { path, lines, counted } of files)
    process.stdout.write(`${String(counted).padStart(4)} of ${String(lines).padStart(4)}  ${path}\n`);
  const sum = (field) => files.reduce((total, file) => total + file[field], 0);
  process.stdout.write(
    `${String(sum('counted')).padStart(4)} of ${String(sum('lines')).padStart(4)} lines are for decisions, doubt, countdown and connecting\n`,
  );
}
