import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config.js';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { type AccountTransport, createTransport } from '../../src/http/transport.js';
import { providers } from '../../src/providers/index.js';
import { keptHeaders } from '../../src/server/recording/keep-list.js';
import { recordReads } from '../../src/server/recording/record-reads.js';
import { createRecorder, type FinishedRecording } from '../../src/server/recording/recorder.js';
import { parseRecording, type Recording } from '../../src/server/recording/recording.js';
import { replay } from '../../src/server/recording/replay.js';
import { createSanitiser } from '../../src/server/recording/sanitiser.js';
import { subjects } from '../subjects/index.js';

/** What somebody might find in the traffic of a shop. */
const planted = {
  email: 'Ada.Lovelace+vip@mathilda-example.org',
  first_name: 'Augusta',
  lastName: 'Lovelace',
  phone: '+46 70 123 45 67',
  mobile: '070-1234567',
  postal_code: '11455',
  street: 'Sveavägen 44B',
  access_token: 'shpat_0f3c9a7d5e1b4826',
  secretKey: 'sk_live_51HxQ2eLkd83Jq',
  note: 'please ring Charles Babbage at 0812345678',
  card_last4: '4242',
  national_id: 19121206001,
  nested: '{"customer":{"email":"grace@hopper-example.net"}}',
  links: { next: 'https://api.secret-host.example/customers/ada@mathilda-example.org?token=tok_8c2f91aa' },
  byEmail: { 'linus@torvalds-example.fi': { total: '12.00' } },
};

/** Words of the planted values, each of which would tell something. */
const traces =
  'Lovelace Augusta mathilda Sveavägen Babbage Charles hopper grace torvalds linus 0f3c9a7d5e1b4826 51HxQ2eLkd83Jq 0812345678 1234567 11455 19121206001 8c2f91aa secret-host 4242'.split(
    ' ',
  );

/** Puts the planted values into every object of every answer. */
function plantIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plantIn);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, entry]) => [name, plantIn(entry)]);
  return { ...planted, ...Object.fromEntries(entries) };
}

function planting(): AccountTransport {
  const transport = createTransport({ connections: 2 });
  return {
    ...transport,
    async send(request) {
      const response = await transport.send(request);
      try {
        return { ...response, text: JSON.stringify(plantIn(JSON.parse(response.text))) };
      } catch {
        return response;
      }
    },
  };
}

describe.each(Object.keys(providers))('a recording of %s', (name) => {
  let emulator: RunningEmulator;
  let finished: FinishedRecording;
  let recording: Recording;
  let people: readonly string[] = [];

  beforeAll(async () => {
    const definition = emulators[name as keyof typeof emulators];
    emulator = await startEmulator(definition);
    const { account, shopper } = definition.sandbox(emulator.url);
    const auth = { secret: 'x'.repeat(32), issuer: 'i', audience: 'a' };
    const loaded = loadConfig({ configPath: null, settings: { auth, accounts: [account] }, providers, env: {} });
    if (loaded.outcome !== 'loaded' || loaded.config.mode !== 'configured') throw new Error('not loaded');
    const recorder = createRecorder(() => emulator.clock.now());
    const accounts = loaded.config.accounts.map((each) => ({ ...each, provider: recorder.tapReads(each) }));
    const { unlisted = {}, past = [] } = subjects.get(name) ?? {};
    const reads = {
      customers: { [account.key]: shopper.customerId },
      orders: { [account.key]: [...(unlisted.orders ?? []), ...past].slice(0, 3) },
    };
    people = [shopper.customerId, ...(reads.orders[account.key] ?? [])].filter((word) => word.length > 6);
    await recordReads({ ...loaded.config, accounts }, recorder, reads, planting);
    const [only] = recorder.finish();
    if (!only) throw new Error('nothing was recorded');
    finished = only;
    recording = parseRecording(finished.text ?? '{}');
  });

  afterAll(() => emulator.close());

  test('has none of the planted e-mail addresses, names, numbers and tokens, and no identifier of a shopper', () => {
    const text = (finished.text ?? '').toLowerCase();
    // A replacement may have a short number in it by chance, and is never one.
    const found = [...traces, ...people].filter((trace) =>
      /^\d+$/.test(trace)
        ? new RegExp(`(?<![a-z0-9])${trace}(?![a-z0-9])`).test(text)
        : text.includes(trace.toLowerCase()),
    );
    process.stdout.write(
      `${name}: ${traces.length + people.length} planted values in ${recording.exchanges.length} exchanges, ${found.length} found in the recording\n`,
    );
    expect(found).toEqual([]);
    expect(finished.survivors).toBe(0);
    expect(recording.exchanges.length).toBeGreaterThan(1);
  });

  test('replays without drift, and decodes what was read', async () => {
    const report = await replay(recording, providers);
    expect([...report.drift]).toEqual([]);
    expect(report.unanswered).toEqual([]);
    expect(report.records).toBeGreaterThan(0);
  });

  test('reports a field that changed its type, by read and field, and how often', async () => {
    const spoilt = recording.exchanges.map((exchange) => ({
      ...exchange,
      text: exchange.text.replaceAll(/"(status|state|quantity)":("[^"]*"|\d+)/g, '"$1":{"value":$2}'),
    }));
    const { drift } = await replay({ ...recording, exchanges: spoilt }, providers);
    expect(drift.size).toBeGreaterThan(0);
    expect([...drift.keys()].join(' ')).toMatch(/status|quantity/);
    expect(Math.max(...drift.values())).toBeGreaterThan(0);
  });
});

describe('the sanitiser', () => {
  test('keeps the shape, and what is equal stays equal', () => {
    const { text, json } = createSanitiser();
    expect(text('Ada@Shop.example', 'email')).toMatch(/^[A-Z][a-z]{2}@[A-Z][a-z]{3}\.[a-z]{7}$/);
    expect(text('8412345', 'id')).toMatch(/^[1-9]\d{6}$/);
    expect(text('0f3c9a7d5e1b', 'id')).toMatch(/^[0-9a-f]{12}$/);
    expect(text('gid://shopify/Order/8412345', 'id')).toBe(`gid://shopify/Order/${text('8412345', 'id')}`);
    expect(text('8412345/2026-03-01/712', 'id')).toBe(`${text('8412345', 'id')}/2026-03-01/712`);
    expect(text('070/1234-56-78')).not.toMatch(/070|1234|56|78/);
    expect(JSON.parse(json('{"id":8412345,"ref":"8412345"}'))).toEqual({
      id: Number(text('8412345')),
      ref: text('8412345'),
    });
    expect(json('{"id":12345678901234567890}')).toMatch(/^\{"id":\d{20}\}$/);
    expect(text('8412345')).not.toBe(createSanitiser().text('8412345'));
  });

  test('keeps what decoders read by its value', () => {
    const { json } = createSanitiser();
    const kept = {
      status: 'requires_approval',
      currency: 'SEK',
      created_at: 1_700_000_000,
      placedAt: '2026-03-01T12:00:00+01:00',
      total: '1299.50',
      amount: 129_950,
      live: true,
      items: [],
    };
    expect(JSON.parse(json(JSON.stringify(kept)))).toEqual(kept);
  });

  test('keeps of the headers what says where a list ends, and no address', () => {
    const link = '<https://shop.example/api?customer=8412345&page=1>; rel="next", <https://shop.example/api>; rel=last';
    expect(keptHeaders({ link, 'x-total-count': '7', 'set-cookie': 'session=1' })).toEqual({
      link: '<>; rel="next", <>; rel="last"',
      'x-total-count': '7',
    });
  });

  test('refuses what is no JSON, and finds originals that survived', () => {
    const { json, text, survivorsIn, forbid } = createSanitiser();
    expect(() => json('<html>Ada</html>')).toThrow('not JSON');
    text('Lovelace', 'name');
    forbid('sk_live_51HxQ2eLkd83Jq');
    expect(survivorsIn('nothing of the kind')).toBe(0);
    expect(survivorsIn('said lovelace')).toBe(1);
    expect(survivorsIn('51HxQ2eLkd83Jq')).toBe(1);
  });
});
