import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { toGlobalId } from '../../src/domain/reference.js';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { authorization, codesOf, type LimitedServer, startLimitedServer } from './limited-server.js';

const RATE = 60;
const UNKNOWN = 25;

describe('the calls that a request makes', () => {
  let emulator: RunningEmulator;
  let server: LimitedServer;

  beforeAll(async () => {
    emulator = await startEmulator(emulators.ordergroove);
    const limits = { rate: { windowSeconds: 3_600, shopper: RATE, service: RATE, anonymous: 0 } };
    server = await startLimitedServer(emulator, { limits });
  });

  afterAll(async () => {
    await server.close();
    await emulator.close();
  });

  let asked = 0;
  const unknownOrders = () => ({
    query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    variables: {
      ids: Array.from({ length: UNKNOWN }, () =>
        toGlobalId({ type: 'Order', account: 'og-us', key: (asked += 1).toString(16).padStart(32, '0') }),
      ),
    },
  });

  async function requestsUntilRefused(headers: Readonly<Record<string, string>>, most: number): Promise<number> {
    for (let requests = 0; requests < most; requests += 1) {
      if (codesOf(await server.post(unknownOrders(), headers)).includes('RATE_LIMIT_EXCEEDED')) return requests;
    }
    return most;
  }

  test('count against the shopper who made it, and nobody else', async () => {
    const before = emulator.requests.list().length;
    const requests = await requestsUntilRefused({}, RATE);
    const calls = emulator.requests.list().length - before;
    process.stdout.write(`a rate of ${RATE} a shopper admits ${requests} requests with ${calls} provider calls\n`);
    expect(calls).toBeGreaterThan(RATE / 2);
    // The last request admitted may make what it makes.
    expect(calls).toBeLessThanOrEqual(RATE + UNKNOWN);
    const other = await authorization({ sub: 'another-shopper' });
    expect((await server.post({ query: '{ viewer { kind } }' }, { authorization: other })).status).toBe(200);
  });

  test('do not count against a service, which asks for many shoppers', async () => {
    const service = await authorization({ sub: 'a-service', kind: 'service', customers: {} });
    expect(await requestsUntilRefused({ authorization: service }, 10)).toBe(10);
  });
});
