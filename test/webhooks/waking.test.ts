import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { emulators } from '../../src/emulators/index.js';
import { caller, Json } from '../emulators/calls.js';
import { subjectOf } from '../subjects/index.js';
import { loadPart, ofProvider } from '../subjects/parts.js';
import { type FullStack, startFullStack, until } from '../support/full-stack.js';

const DEADLINE_MS = 1_500;
/** The provider applies the write after the request for it has ended. */
const LATE_SECONDS = 2;
const SETTLED_WITHIN_MS = 2_000;

const webhooks = await loadPart('webhooks');
const names = [...webhooks.keys()];

let stack: FullStack;

function sandboxOf(name: string) {
  const definition = emulators[name as keyof typeof emulators];
  return definition.sandbox('http://127.0.0.1:1');
}

beforeAll(async () => {
  stack = await startFullStack({
    only: names,
    settings: Object.fromEntries(names.map((name) => [name, { webhookSecrets: [sandboxOf(name).webhooks?.secret] }])),
    groups: { observability: { metrics: true } },
    // Nothing but a webhook wakes recovery.
    parts: { writeTiming: { deadlineMs: DEADLINE_MS, recoveryIntervalMs: 3_600_000 } },
  });
});

afterAll(() => stack.close());

async function write(mutation: string, input: object): Promise<Json> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { order { id } operation { id status } errors { code message } } }`;
  const answer = await stack.data(query, { input: { idempotencyKey: randomUUID(), ...input } });
  return new Json(answer.at(mutation));
}

describe('a webhook about an order', () => {
  test.each(names)('settles a write whose answer was lost, at %s', async (name) => {
    const { emulator, account } = stack.fixture(name);
    const { targets, webhooks: sent } = sandboxOf(name);
    const control = (method: string, path: string, body?: object) =>
      caller(emulator.url)(method, `/__emulator/${path}`, body);
    const adding = async () => ({
      mutation: 'addUpsellItem',
      input: await subjectOf(name).addition(stack),
      match: targets.addition,
    });
    const { mutation, input, match } = await (ofProvider(webhooks, name).announced?.(stack) ?? adding());
    await control('POST', 'webhooks', { url: `${stack.url}/webhooks/${account}`, ...sent?.settings });
    await control('POST', 'faults', {
      match,
      action: { kind: 'applyLate', seconds: LATE_SECONDS, answer: 'reset' },
    });
    const heardBefore = await heard(account);
    const payload = await write(mutation, input);
    expect([payload.text('operation', 'status'), payload.rows('errors').map((each) => each.text('code'))]).toEqual([
      'INDETERMINATE',
      ['OUTCOME_UNKNOWN'],
    ]);

    // A request lets the emulator do what is due; it tells of that by itself.
    await until(async () => {
      await control('GET', 'state');
      return (await heard(account)) > heardBefore;
    }, 'a webhook arrived');
    const arrivedAt = performance.now();
    const operation = async () =>
      (
        await stack.data('query ($id: ID!) { operation(id: $id) { status history { status cause } } }', {
          id: payload.text('operation', 'id'),
        })
      ).rows('operation', 'history');
    await until(async () => {
      // What a provider does some seconds later, such as to rebuild an order, it tells of as well.
      await control('GET', 'state');
      return (await operation()).at(-1)?.at('status') === 'SUCCEEDED';
    }, 'it was settled');
    expect(performance.now() - arrivedAt).toBeLessThan(SETTLED_WITHIN_MS);
    expect((await operation()).at(-1)?.at('cause')).toBe('WEBHOOK');
  });
});

async function heard(account: string): Promise<number> {
  const metrics = await (await fetch(`${stack.url}/metrics`)).text();
  const line = new RegExp(`^upsell_webhooks_total\\{.*account="${account}".*outcome="accepted".*\\} (\\d+)$`, 'm');
  return Number(line.exec(metrics)?.[1] ?? 0);
}
