import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { packageFile } from './package-files.js';

/** Directory created by the build: GraphiQL, React and the client of streams as published, and our page around them. */
const DIRECTORY = 'dist/graphiql/';

const contentTypes: Readonly<Record<string, string>> = {
  'graphiql.min.css': 'text/css; charset=utf-8',
  'graphiql.min.js': 'text/javascript; charset=utf-8',
  'graphql-sse.min.js': 'text/javascript; charset=utf-8',
  'react.production.min.js': 'text/javascript; charset=utf-8',
  'react-dom.production.min.js': 'text/javascript; charset=utf-8',
  'start.js': 'text/javascript; charset=utf-8',
  'favicon.svg': 'image/svg+xml',
};

/** Allows this server only. The editor sets inline styles, and its style sheet embeds its fonts. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A page beside GraphiQL. */
export interface GraphiqlLink {
  readonly href: string;
  readonly text: string;
}

/** Serves GraphiQL at `/`, opened with the example operations. */
export function serveGraphiql(app: FastifyInstance, links: readonly GraphiqlLink[] = []): void {
  if (!existsSync(packageFile(`${DIRECTORY}index.html`))) {
    throw new Error('The files of GraphiQL are missing. Run `npm run build` first.');
  }
  const page = readFileSync(packageFile(`${DIRECTORY}index.html`));
  app.get('/', (_request, reply) =>
    reply.headers({ 'content-security-policy': CONTENT_SECURITY_POLICY }).type('text/html; charset=utf-8').send(page),
  );

  const start = { examples: readExamples(), links };
  app.get('/graphiql/start.json', () => start);

  for (const [name, contentType] of Object.entries(contentTypes)) {
    const content = readFileSync(packageFile(DIRECTORY + name));
    app.get(`/graphiql/${name}`, (_request, reply) => reply.type(contentType).send(content));
  }
}

/** Example operation, shown as a tab of GraphiQL. */
interface Example {
  readonly query: string;
  /** JSON text. */
  readonly variables: string;
}

const OPERATIONS_DIRECTORY = 'schema/operations/';

/** Reads the example operations with their variables, in the order of `variables.json`. */
function readExamples(directory = packageFile(OPERATIONS_DIRECTORY)): readonly Example[] {
  const names = readdirSync(directory);
  if (!names.includes('variables.json')) return [];
  const variables = toRecord(JSON.parse(readFileSync(new URL('variables.json', directory), 'utf8')));
  const order = Object.keys(variables);
  return names
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => readFileSync(new URL(name, directory), 'utf8'))
    .map((query) => ({ query, operation: operationName(query) }))
    .sort((left, right) => rank(order, left.operation) - rank(order, right.operation))
    .map(({ query, operation }) => ({ query, variables: JSON.stringify(variables[operation] ?? {}, null, 2) }));
}

function operationName(query: string): string {
  return /^(?:query|mutation|subscription)\s+(\w+)/m.exec(query)?.[1] ?? '';
}

/** Returns the position of an operation; unlisted ones come last. */
function rank(order: readonly string[], operation: string): number {
  const index = order.indexOf(operation);
  return index === -1 ? order.length : index;
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
