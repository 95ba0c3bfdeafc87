import { existsSync, readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { readExamples } from './examples.js';
import { packageFile } from './package-files.js';

/** Put there by the build: GraphiQL and React as published, and our own page around them. */
const DIRECTORY = 'dist/graphiql/';

const contentTypes: Readonly<Record<string, string>> = {
  'graphiql.min.css': 'text/css; charset=utf-8',
  'graphiql.min.js': 'text/javascript; charset=utf-8',
  'react.production.min.js': 'text/javascript; charset=utf-8',
  'react-dom.production.min.js': 'text/javascript; charset=utf-8',
  'start.js': 'text/javascript; charset=utf-8',
  'favicon.svg': 'image/svg+xml',
};

/** Everything comes from this server. The editor sets styles on elements, and its style sheet holds its fonts. */
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

/** GraphiQL at `/`, opening with the example operations. */
export function serveGraphiql(app: FastifyInstance): void {
  if (!existsSync(packageFile(`${DIRECTORY}index.html`))) {
    throw new Error('The files of GraphiQL are missing. Run `npm run build` first.');
  }
  const page = readFileSync(packageFile(`${DIRECTORY}index.html`));
  app.get('/', (_request, reply) =>
    reply.headers({ 'content-security-policy': CONTENT_SECURITY_POLICY }).type('text/html; charset=utf-8').send(page),
  );

  const examples = readExamples();
  app.get('/graphiql/examples.json', () => examples);

  for (const [name, contentType] of Object.entries(contentTypes)) {
    const content = readFileSync(packageFile(DIRECTORY + name));
    app.get(`/graphiql/${name}`, (_request, reply) => reply.type(contentType).send(content));
  }
}
