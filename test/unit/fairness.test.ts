import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CallLimits } from '../../src/domain/call-limits.js';
import {
  type OutboundRequest,
  type OutboundResponse,
  type Transport,
  TransportFailure,
} from '../../src/domain/transport.js';
import { protectTransport } from '../../src/http/protect-transport.js';
import { providers } from '../../src/providers/index.js';
import { MovedClock } from '../support/moved-clock.js';

const HONEST = 50;
/** How long a provider takes. */
const ANSWER_MS = 80;
const TICK_MS = 50;
const SECONDS = 30;

let clock = new MovedClock();
beforeEach(() => {
  clock = new MovedClock();
  clock.install();
});
afterEach(() => clock.restore());

const { signal } = new AbortController();
let made = 0;
function call(shopper: string, more: Partial<OutboundRequest> = {}, fresh = false): OutboundRequest {
  made += 1;
  return {
    kind: 'read',
    method: 'GET',
    url: `http://provider/${made}`,
    urlTemplate: '/',
    attempt: 1,
    headers: {},
    caller: { actorId: shopper, shopper: { customerId: shopper, recognised: false }, fresh },
    timeoutMs: 5_000,
    totalTimeoutMs: 5_000,
    signal,
    ...more,
  };
}

const answer: Transport = () =>
  new Promise<OutboundResponse>((resolve) => {
    setTimeout(() => resolve({ status: 200, headers: {}, text: '{}' }), ANSWER_MS);
  });

/** Whether all calls of a request are answered, one after the other. */
type Ask = (send: Transport) => Promise<boolean>;

async function isAnswered(send: Transport, calls: readonly OutboundRequest[]): Promise<boolean> {
  for (const each of calls) {
    try {
      await send(each);
    } catch (error) {
      if (error instanceof TransportFailure) return false;
      throw error;
    }
  }
  return true;
}

/** A page: four reads. */
const page =
  (shopper: string): Ask =>
  (send) =>
    isAnswered(
      send,
      Array.from({ length: 4 }, () => call(shopper)),
    );

/** A write: what is read before it, the write, and the look at what it did. */
const write =
  (shopper: string, limit?: string): Ask =>
  (send) => {
    const limited = limit === undefined ? {} : { limit };
    const dryRun = call(shopper, limited, true);
    const sent = call(shopper, { kind: 'write', method: 'POST', ...limited });
    return isAnswered(send, [call(shopper, {}, true), dryRun, sent, call(shopper, {}, true)]);
  };

interface Visit {
  readonly everyMs: number;
  readonly ask: (shopper: string) => Ask;
}

/** How a hostile token floods an account, at every tick. */
interface Flood {
  readonly how: string;
  readonly calls: (tick: number) => readonly OutboundRequest[];
}

/** The honest requests that fail while someone may flood the account. */
async function failures(limits: CallLimits, visits: readonly Visit[], flood: Flood | null) {
  const send = protectTransport(answer, { limits, keepMs: 0 });
  const asked: Promise<boolean>[] = [];
  for (let tick = 0; tick * TICK_MS < SECONDS * 1_000; tick += 1) {
    // The flood comes first: whoever is late finds what it left.
    for (const each of flood?.calls(tick) ?? []) void send(each).catch(() => {});
    for (let shopper = 0; shopper < HONEST; shopper += 1) {
      for (const { everyMs, ask } of visits) {
        const offset = Math.floor((everyMs / HONEST) * shopper);
        const isDue =
          Math.floor((tick * TICK_MS - offset) / everyMs) > Math.floor(((tick - 1) * TICK_MS - offset) / everyMs);
        if (tick * TICK_MS >= offset && isDue) asked.push(ask(`shopper-${shopper}`)(send));
      }
    }
    await clock.advance(TICK_MS);
  }
  await clock.advance(20_000);
  const failed = (await Promise.all(asked)).filter((isDone) => !isDone).length;
  return { requests: asked.length, failed };
}

const many = (count: number, one: () => OutboundRequest) => Array.from({ length: count }, one);

const floods: readonly Flood[] = [
  {
    how: 'reads of a hundred unknown records',
    calls: (tick) => (tick % 20 === 0 ? many(100, () => call('hostile')) : []),
  },
  { how: 'reads before writes that are refused', calls: () => many(3, () => call('hostile', {}, true)) },
  { how: 'writes', calls: () => many(3, () => call('hostile', { kind: 'write', method: 'POST' })) },
  {
    how: 'more reads than wait at most',
    calls: (tick) => many(tick === 0 ? 1_500 : 3, () => call('hostile')),
  },
];

interface Load {
  readonly name: string;
  readonly limits: CallLimits;
  /** What fifty shoppers do, which the account carries when nobody floods it. */
  readonly visits: readonly Visit[];
}

const loads: readonly Load[] = [
  {
    name: 'an account of 600 calls a minute, seven tenths of them taken',
    limits: { all: { parallel: 16, rate: { calls: 600, seconds: 60 } } },
    visits: [
      { everyMs: 40_000, ask: page },
      { everyMs: 100_000, ask: (who) => write(who) },
    ],
  },
  {
    name: 'SureCart',
    limits: providers.surecart.limits,
    visits: [
      { everyMs: 50_000, ask: page },
      { everyMs: 40_000, ask: (who) => write(who) },
    ],
  },
  {
    name: 'Appstle',
    limits: providers.appstle.limits,
    visits: [
      { everyMs: 5_000, ask: page },
      { everyMs: 20_000, ask: (who) => write(who, 'writes') },
    ],
  },
];

describe.each(loads)('one hostile token among fifty shoppers of $name', ({ name, limits, visits }) => {
  test.each(floods)(
    'costs them at most a tenth of their requests: $how',
    async (flood) => {
      const alone = await failures(limits, visits, null);
      const beside = await failures(limits, visits, flood);
      process.stdout.write(
        `${name}, ${flood.how}: ${beside.failed} of ${beside.requests} requests of fifty others fail, ${alone.failed} without\n`,
      );
      expect(alone.failed).toBe(0);
      expect(beside.failed).toBeLessThanOrEqual(beside.requests / 10);
    },
    300_000,
  );
});
