import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Actor } from '../../src/domain/actor.js';
import {
  type OutboundRequest,
  type OutboundResponse,
  type Transport,
  TransportFailure,
} from '../../src/domain/transport.js';
import { providers } from '../../src/providers/index.js';
import { change, fieldsOf } from './fields.js';
import { type Answered, type Known, readKnown, readPath, readPaths } from './read-paths.js';
import { kindOf, type Recorded, type RecordedShop, recordShop } from './recorded-shop.js';
import { otherwise } from './says-no-other.js';
import { at, isRecord } from './spoil.js';

/*
 * A call that fails costs what it would have told: that is not known then, and nothing else is said in its place. Makes
 * each read by itself, refuses each of its calls in each way, and compares what is said with what the whole read says.
 *
 * What would be said anyway shows only in another world: where a charge failed, for one. So each call is refused also in
 * worlds in which one of its lists is empty, or one of its fields has another value.
 */

/** What may be said although the call that tells otherwise is refused, and why. */
const ELSEWHERE: readonly (readonly [fault: RegExp, reason: string])[] = [
  [/^products\.getMany .+\.(?:title|imageUrl): /, 'a product is named in several places'],
  [/^upcomingOrders\.list .+\/subscription-customers\/.+: one more$/, 'billing attempts are listed by their customer'],
];

const json = { 'content-type': 'application/json', 'retry-after': '3600' };
const broken = () => ({ status: 500, headers: json, text: '{}' });

/** What a call is answered instead. */
const failures: Readonly<Record<string, () => OutboundResponse>> = {
  'a broken server': broken,
  'a forbidden call': () => ({ status: 403, headers: json, text: '{"detail":"Forbidden"}' }),
  'nothing there': () => ({ status: 404, headers: json, text: '{"message":"Not Found"}' }),
  'a page': () => ({ status: 200, headers: { ...json, 'content-type': 'text/html' }, text: '<!DOCTYPE html><p>Hello' }),
  'half an answer': () => ({ status: 200, headers: json, text: '{"results": [' }),
  'an empty object': () => ({ status: 200, headers: json, text: '{}' }),
  'no answer in time'() {
    throw new TransportFailure('TIMEOUT', true, 'no answer', 3_600_000);
  },
};

/** Calls of which 404 is documented to mean that what they name is not there. */
const ABSENCE = /\{\w+\}|^\/products $/;

/** Reads that say what others say, by other keys: in other worlds the others are enough. */
const SAME_AS_OTHERS: ReadonlySet<string> = new Set(['lineItems.getMany', 'orders.keyOf', 'offers.getMany']);

type Calls = ReadonlyMap<string, string>;

const keyOf = ({ method, url, body }: OutboundRequest) => `${method} ${url} ${body ?? ''}`;

const noting = (calls: Map<string, string>) => (send: Transport) => (request: OutboundRequest) => {
  calls.set(keyOf(request), kindOf(request, []));
  return send(request);
};

const refusing =
  (refused: string, answer: () => OutboundResponse) => (send: Transport) => async (request: OutboundRequest) =>
    keyOf(request) === refused ? answer() : send(request);

interface World {
  readonly changed: ReadonlyMap<Recorded, unknown>;
  /** What is changed, in whatever way. */
  readonly what: string;
}

const asRecorded: World = { changed: new Map(), what: 'nothing' };

/** Worlds in which one list is empty, or one field has another value. */
function* otherWorlds({ answers, vocabulary }: RecordedShop): Generator<World> {
  const kinds = new Set<string>();
  for (const answer of answers) {
    for (const path of listsIn(answer.body, [])) {
      const what = kindOf(answer.request, path);
      if (kinds.has(what)) continue;
      kinds.add(what);
      const copy: unknown = structuredClone(answer.body);
      Object(at(copy, path.slice(0, -1)))[path.at(-1) ?? ''] = [];
      yield { changed: new Map([[answer, copy]]), what };
    }
  }
  for (const field of fieldsOf(answers, vocabulary)) {
    for (const value of field.others) yield { changed: change(field, value), what: field.label };
  }
}

type Path = readonly (string | number)[];

function* listsIn(value: unknown, path: Path): Generator<Path> {
  if (Array.isArray(value) && value.some(isRecord) && path.length > 0) yield path;
  const entries = Array.isArray(value) ? value.slice(0, 1).entries() : isRecord(value) ? Object.entries(value) : [];
  for (const [step, each] of entries) yield* listsIn(each, [...path, step]);
}

/** One read of one actor, and all that it asks. */
interface Reading {
  readonly who: string;
  readonly actor: Actor;
  readonly path: string;
  readonly whole: Answered;
  readonly calls: Calls;
}

const summary: string[] = [];
afterAll(() => {
  process.stdout.write(`Refused reads: ${summary.join('; ')}\n`);
});

describe('a call that is refused changes no fact into another', () => {
  test.each(Object.keys(providers))(
    '%s',
    async (name) => {
      const shop = await recordShop(name);
      const wrong = new Set<string>();
      let tried = 0;
      const connect = ({ changed }: World, between?: (send: Transport) => Transport) =>
        shop.connectWith(changed, 'asked', between);
      const knownIn = (world: World) => readKnown(connect(world), shop.actor, shop.wanted);

      async function refuse(
        { who, actor, path, whole, calls }: Reading,
        world: World,
        known: Known,
        key: string,
        what: string,
      ) {
        tried += 1;
        const kind = calls.get(key) ?? '';
        const answer = failures[what] ?? broken;
        const said = await readPath(path, connect(world, refusing(key, answer)), actor, known);
        for (const fault of said ? otherwise(whole, said, what === 'nothing there' && ABSENCE.test(kind)) : []) {
          const label = `${path} of ${who} without ${kind}${fault}`;
          if (!ELSEWHERE.some(([pattern]) => pattern.test(label))) wrong.add(label);
        }
      }

      const staff: Actor = { ...shop.actor, kind: 'SERVICE', customers: {} };
      const known = await knownIn(asRecorded);
      const readings: Reading[] = [];
      for (const path of Object.keys(readPaths)) {
        for (const [who, actor] of [
          ['a shopper', shop.actor],
          ['staff', staff],
        ] as const) {
          const calls = new Map<string, string>();
          const whole = await readPath(path, connect(asRecorded, noting(calls)), actor, known);
          const isAlike = readings.some((each) => each.path === path && isDeepStrictEqual(each.calls, calls));
          if (whole !== null && !isAlike) readings.push({ who, actor, path, whole, calls });
        }
      }
      for (const reading of readings) {
        for (const key of reading.calls.keys()) {
          for (const what of Object.keys(failures)) await refuse(reading, asRecorded, known, key, what);
        }
      }

      const decisive = new Set<string>();
      const inVain = new Map<string, number>();
      const placesOf = new Map<string, Set<string>>();
      const ofShopper = readings.filter(({ actor, path }) => actor === shop.actor && !SAME_AS_OTHERS.has(path));
      for (const world of otherWorlds(shop)) {
        const { what, changed } = world;
        // A field of which two other values change nothing decides nothing.
        const vain = inVain.get(what) ?? 0;
        if (vain > 1 && !decisive.has(what)) continue;
        // The same record stands in many answers: two of them tell.
        const record = what.replace(/^.*[. ](?=\w+(?:\.\[\])* \w+$)/, '');
        const places = (placesOf.get(record) ?? new Set()).add(what);
        placesOf.set(record, places);
        if ([...places].indexOf(what) > 1) continue;
        inVain.set(what, vain + 1);
        const keys = new Set(Array.from(changed.keys(), ({ request }) => keyOf(request)));
        const asking = ofShopper.filter(({ calls }) => [...calls.keys()].some((key) => keys.has(key)));
        if (asking.length === 0) continue;
        const knownHere = await knownIn(world);
        for (const reading of asking) {
          const whole = await readPath(reading.path, connect(world), reading.actor, knownHere);
          if (whole === null || isDeepStrictEqual(whole.records, reading.whole.records)) continue;
          decisive.add(what);
          const asked = [...reading.calls.keys()].filter((key) => keys.has(key));
          for (const key of asked) await refuse({ ...reading, whole }, world, knownHere, key, 'a broken server');
        }
      }
      summary.push(`${name} ${tried} refused calls, ${decisive.size} fields and lists that decide something`);
      await shop.close();
      expect([...wrong]).toEqual([]);
      expect(decisive.size).toBeGreaterThan(10);
    },
    600_000,
  );
});
