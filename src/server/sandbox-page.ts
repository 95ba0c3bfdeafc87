import type { FastifyInstance } from 'fastify';
import type { Sandbox, SandboxEmulator } from './sandbox.js';

interface Control {
  readonly purpose: string;
  readonly command: string;
}

interface EmulatorListing extends Omit<SandboxEmulator, 'targets'> {
  readonly customerId: string;
  readonly controls: readonly Control[];
}

const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

/** Serves `/sandbox`: the address and fault controls of each emulator, as a page for people and JSON for programs. */
export function serveSandbox(app: FastifyInstance, { emulators, shopper }: Sandbox): void {
  const listings = emulators.map(({ targets, ...emulator }) => ({
    ...emulator,
    customerId: shopper.customers[emulator.account] ?? '',
    controls: controlsOf(emulator.url, targets),
  }));

  app.get('/sandbox', (request, reply) => {
    if (!request.headers.accept?.includes('text/html')) return reply.send({ emulators: listings });
    return reply
      .headers({ 'content-security-policy': CONTENT_SECURITY_POLICY })
      .type('text/html; charset=utf-8')
      .send(page(listings));
  });
}

function controlsOf(url: string, { addition, reads }: SandboxEmulator['targets']): readonly Control[] {
  const root = `${url}/__emulator`;
  const post = (path: string, body: unknown) =>
    `curl -X POST ${root}/${path} -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;
  return [
    {
      purpose: 'Lose the response to the next added item: the item is added all the same, and only once',
      command: post('faults', { match: addition, action: { kind: 'applyThenReset' } }),
    },
    {
      purpose: 'Refuse the next added item',
      command: post('faults', { match: addition, action: { kind: 'status', status: 400, body: {} } }),
    },
    {
      purpose: 'Fail every read with an outage, until you start over',
      command: post('faults', { match: reads, times: 'always', action: { kind: 'status', status: 503 } }),
    },
    { purpose: 'Let a week pass, so that windows close', command: post('clock', { advanceSeconds: 604_800 }) },
    { purpose: 'List the requests it received', command: `curl ${root}/requests` },
    { purpose: 'Start over with fresh data', command: post('reset', {}) },
  ];
}

function page(listings: readonly EmulatorListing[]): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>upsell-graph · Sandbox</title>
    <link rel="icon" href="data:,">
    <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
      code { display: block; background: #f3f1fb; padding: .6rem .8rem; border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; }
      dt { margin-top: 1rem; } dd { margin: .25rem 0 0; }
    </style>
  </head>
  <body>
    <h1>Sandbox</h1>
    <p>These local emulators stand in for the providers. Try the graph in <a href="./">GraphiQL</a>, then let a provider misbehave.</p>
${listings.map(section).join('\n')}
  </body>
</html>
`;
}

function section({ title, url, account, customerId, controls }: EmulatorListing): string {
  const entries = controls.map(
    ({ purpose, command }) => `      <dt>${escape(purpose)}</dt>\n      <dd><code>${escape(command)}</code></dd>`,
  );
  return `    <h2>${escape(title)}</h2>
    <p>Account <b>${escape(account)}</b>, demo shopper <b>${escape(customerId)}</b>.
      All controls: <a href="${escape(url)}/__emulator">${escape(url)}/__emulator</a></p>
    <dl>
${entries.join('\n')}
    </dl>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
