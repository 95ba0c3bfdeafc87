import { describe, expect, test } from '@jest/globals';
import { assert, constantFrom, integer, nat, property, string } from 'fast-check';
import { connectedAccount, lockNameOf } from '../../src/domain/connected-account.js';
import type { WebhookDelivery, WebhookReader } from '../../src/domain/webhook.js';
import { providers } from '../../src/providers/index.js';
import { loadPart, ofProvider } from '../subjects/parts.js';
import type { SignedDelivery } from './webhook-subject.js';

const webhooks = await loadPart('webhooks');

const NOW = 1_767_225_600;
const now = new Date(NOW * 1_000);

function readerOf(name: string): WebhookReader {
  const reader = Object.entries(providers).find(([key]) => key === name)?.[1].webhooks;
  if (!reader) throw new Error(`${name} reads no webhooks`);
  return reader;
}

function toDelivery({ headers, body }: SignedDelivery): WebhookDelivery {
  return { headers, body: Buffer.from(body) };
}

describe.each(Object.keys(providers))('webhooks of %s', (name) => {
  const reader = readerOf(name);
  const { secrets, toleranceSeconds, order, deliver } = ofProvider(webhooks, name);
  const [current, other] = secrets;
  const outcome = (delivery: SignedDelivery, accepted: readonly string[] = [current], at = now) =>
    reader.read(toDelivery(delivery), accepted, at).outcome;

  test('name the event and the order as it is locked', () => {
    const reading = reader.read(toDelivery(deliver('000001', [current], NOW)), [current], now);
    expect(reading).toEqual({
      outcome: 'accepted',
      event: { id: expect.stringMatching(/\S/), orderKeys: [order.lockKey] },
    });
  });

  test('have one identity however often they are delivered, and different events different ones', () => {
    const idOf = (id: string, at: number) => {
      const reading = reader.read(toDelivery(deliver(id, [current], at)), [current], now);
      return reading.outcome === 'accepted' ? reading.event.id : null;
    };
    expect(idOf('000001', NOW)).toBe(idOf('000001', NOW));
    expect(idOf('000001', NOW)).not.toBe(idOf('000002', NOW));
  });

  test('are accepted with each secret of a rotation', () => {
    expect(outcome(deliver('1', [other], NOW), [current, other])).toBe('accepted');
    expect(outcome(deliver('1', [current], NOW), [current, other])).toBe('accepted');
    expect(outcome(deliver('1', [other], NOW), [current])).toBe('wrong_signature');
  });

  test('are accepted within the tolerance and refused beyond it, in both directions', () => {
    for (const offset of [toleranceSeconds, -toleranceSeconds]) {
      expect(outcome(deliver('1', [current], NOW - offset))).toBe('accepted');
      expect(outcome(deliver('1', [current], NOW - offset - Math.sign(offset)))).toBe('stale');
    }
  });

  test('of unknown types, and of bodies that say nothing, are accepted without an order', () => {
    expect(outcome(deliver('1', [current], NOW, 'something.new'))).toBe('accepted');
  });

  test('are refused when anything that was signed is changed', () => {
    const delivery = deliver('000001', [current], NOW);
    assert(
      property(nat(), integer({ min: 1, max: 255 }), (position, change) => {
        const body = Buffer.from(delivery.body);
        const index = position % body.length;
        body[index] = (body[index] ?? 0) ^ change;
        return reader.read({ headers: delivery.headers, body }, [current], now).outcome === 'wrong_signature';
      }),
    );
    assert(
      property(constantFrom(...Object.keys(delivery.headers)), string(), (header, value) => {
        if (header === 'content-type' || delivery.headers[header]?.trim() === value.trim()) return true;
        const headers = { ...delivery.headers, [header]: value };
        return reader.read(toDelivery({ ...delivery, headers }), [current], now).outcome !== 'accepted';
      }),
    );
    for (const missing of Object.keys(delivery.headers)) {
      if (missing === 'content-type') continue;
      const headers = Object.fromEntries(Object.entries(delivery.headers).filter(([header]) => header !== missing));
      expect(outcome({ ...delivery, headers })).not.toBe('accepted');
    }
  });

  test('lock the order they name as writes to it do', () => {
    const provider = Object.entries(providers).find(([key]) => key === name)?.[1];
    if (!provider) throw new Error(name);
    const account = { key: 'a', settings: {} };
    const connection = provider.connect(Object(account), Object({ clock: () => now }));
    const connected = connectedAccount(Object(account), provider, connection);
    expect(lockNameOf(connected, order.key)).toBe(`a:${order.lockKey}`);
  });
});

describe('vectors', () => {
  const all = [...webhooks].flatMap(([name, { vectors }]) => vectors.map((vector) => ({ name, ...vector })));

  test.each(all)('$title', ({ name, secret, unixSeconds, event, ...delivery }) => {
    const reading = readerOf(name).read(toDelivery(delivery), [secret], new Date(unixSeconds * 1_000));
    expect(reading).toMatchObject({ outcome: 'accepted', event });
  });
});
