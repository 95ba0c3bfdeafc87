import { readFileSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  descriptions,
  misbehaviourRows,
  type MisbehaviourKind,
  type Occurrence,
  type Occurrences,
} from '../../../src/emulators/kit/misbehaviours.js';
import { emulators } from '../../../src/emulators/index.js';
import { markdownTable } from '../../../src/providers/markdown-table.js';
import { caller } from '../calls.js';
import { loadPart, ofProvider } from '../../subjects/parts.js';
import { isSuccess, script, type Stage, unitsOf } from './stage.js';

interface Tried {
  readonly name: string;
  readonly stage: Stage;
  readonly occurrences: Occurrences;
}

async function open([name, definition]: [string, (typeof emulators)[keyof typeof emulators]]): Promise<Tried> {
  const { misbehaviours: occurrences } = definition;
  if (!occurrences) throw new Error(`the emulator of ${name} does not say which misbehaviours can be scripted`);
  return { name, stage: await ofProvider(parts, name)(), occurrences };
}

const parts = await loadPart('stage');
const tried = await Promise.all(Object.entries(emulators).map(open));
const stages = tried.map(({ stage }) => stage);
const kinds = Object.keys(descriptions) as MisbehaviourKind[];

beforeEach(async () => {
  for (const stage of stages) stage.startAgain();
  // Where an order is made by the shopper alone, it is made by the first look.
  await Promise.all(stages.map((stage) => stage.look()));
});
afterAll(() => Promise.all(stages.map(({ emulator }) => emulator.close())));

const isPossible = (occurrence: Occurrence, parameter?: string, value?: unknown) =>
  'on' in occurrence && (parameter === undefined || occurrence.only?.[parameter]?.includes(value) !== false);

/** What each kind comes to, in the books and to whoever asks. */
const shows: Readonly<Record<MisbehaviourKind, (stage: Stage) => Promise<void>>> = {
  async capQuantity(stage) {
    script(stage, { kind: 'capQuantity', to: 2 });
    const before = stage.counted.units();
    expect(isSuccess(await stage.counted.ask(5))).toBe(true);
    expect(stage.counted.units() - before).toBe(2);
  },

  async moveItem(stage) {
    script(stage, { kind: 'moveItem' });
    const before = stage.books();
    expect(isSuccess(await stage.add())).toBe(true);
    const after = stage.books();
    expect(after.lines).toEqual(before.lines);
    expect(after.elsewhere).toBe(before.elsewhere + 1);
  },

  async mergeLine(stage) {
    await stage.havePresentLine();
    script(stage, { kind: 'mergeLine' });
    const before = stage.books();
    expect(isSuccess(await stage.add())).toBe(true);
    const after = stage.books();
    expect(after.lines.map(({ id }) => id)).toEqual(before.lines.map(({ id }) => id));
    expect(unitsOf(after, stage.product)).toBe(unitsOf(before, stage.product) + 1);
  },

  async splitUnits(stage) {
    script(stage, { kind: 'splitUnits' });
    const before = stage.books();
    expect(isSuccess(await stage.addToSplit(3))).toBe(true);
    const present = new Set(before.lines.map(({ id }) => id));
    const added = stage.books().lines.filter(({ id }) => !present.has(id));
    expect(added.map(({ product, quantity }) => [product, quantity])).toEqual(
      Array.from({ length: 3 }, () => [stage.product, 1]),
    );
  },

  async replaceOthers(stage) {
    script(stage, { kind: 'replaceOthers' });
    expect(stage.books().lines.length).toBeGreaterThan(0);
    expect(isSuccess(await stage.add())).toBe(true);
    expect(stage.books().lines.map(({ product }) => product)).toEqual([stage.product]);
  },

  async closeOrder(stage) {
    const { closeOrder } = occurrencesOf(stage);
    for (const outcome of ['processing', 'billed'] as const) {
      if (!isPossible(closeOrder, 'outcome', outcome)) continue;
      stage.startAgain();
      await stage.look();
      script(stage, { kind: 'closeOrder', outcome, afterSeconds: 5 });
      expect(isSuccess(await stage.add())).toBe(true);
      expect(stage.books().order).toBe('open');
      stage.emulator.clock.advance(6_000);
      expect(stage.books().order).toBe(outcome);
    }
  },

  async failPayment(stage) {
    script(stage, { kind: 'failPayment' });
    expect(isSuccess(await stage.add())).toBe(true);
    const after = stage.books();
    expect(after.order).toBe('failed');
    expect(unitsOf(after, stage.product)).toBe(1);
  },

  async startSubscription(stage) {
    const { startSubscription } = occurrencesOf(stage);
    for (const status of ['past_due', 'paused', 'canceled'] as const) {
      if (!isPossible(startSubscription, 'status', status)) continue;
      stage.startAgain();
      await stage.look();
      script(stage, { kind: 'startSubscription', status });
      expect(isSuccess((await stage.subscribe?.()) ?? (await stage.add()))).toBe(true);
      expect(stage.books().subscriptions.at(-1)).toBe(status);
    }
  },

  async changePrice(stage) {
    script(stage, { kind: 'changePrice', percent: 50 });
    const before = stage.books();
    await stage.add();
    expect(stage.books().price).toBe(Math.round(before.price * 1.5));
  },

  async answerErrors(stage) {
    const before = stage.books();
    script(stage, { kind: 'answerErrors', applies: false });
    const refused = await stage.add();
    expect([refused.status, refused.json.at('errors')]).toEqual([200, expect.anything()]);
    expect(stage.books()).toEqual(before);
    script(stage, { kind: 'answerErrors', applies: true, errors: { item: 'late' } });
    const applied = await stage.add();
    expect([applied.status, applied.json.at('errors', 'item')]).toEqual([200, 'late']);
    expect(unitsOf(stage.books(), stage.product)).toBe(1);
  },

  async applyLate(stage) {
    script(stage, { kind: 'applyLate', seconds: 45 });
    const before = stage.books();
    await expect(stage.add()).rejects.toThrow('fetch failed');
    stage.emulator.clock.advance(44_000);
    expect(stage.books().lines).toEqual(before.lines);
    stage.emulator.clock.advance(2_000);
    expect(unitsOf(stage.books(), stage.product)).toBe(1);
    expect(stage.emulator.requests.list().at(-1)).toMatchObject({ outcome: 'lost', fault: { kind: 'applyLate' } });
    expect(stage.emulator.writes.list().at(-1)?.result).not.toBeNull();

    stage.startAgain();
    await stage.look();
    script(stage, { kind: 'applyLate', seconds: 45, answer: 'gatewayTimeout' });
    expect((await stage.add()).status).toBe(504);
    // By then the order takes nothing more.
    script(stage, { kind: 'closeOrder' });
    await stage.add();
    const closed = stage.books();
    stage.emulator.clock.advance(46_000);
    expect(stage.books().lines).toEqual(closed.lines);
  },

  async unreadableAnswer(stage) {
    for (const as of ['html', 'half', 'text', 'empty'] as const) {
      stage.startAgain();
      await stage.look();
      script(stage, { kind: 'unreadableAnswer', as });
      const answer = await stage.add();
      expect([answer.status, answer.json.value]).toEqual([200, null]);
      expect(unitsOf(stage.books(), stage.product)).toBe(1);
    }
  },

  async refuseFirst(stage) {
    const [first, second] = await stage.composed();
    const before = stage.books();
    script(stage, { kind: 'refuseFirst', status: 422 });
    expect((await first()).status).toBe(422);
    expect(stage.books()).toEqual(before);
    expect(isSuccess(await second())).toBe(true);
  },

  async refuseSecond(stage) {
    const [first, second] = await stage.composed();
    const before = stage.books();
    script(stage, { kind: 'refuseSecond', status: 500 });
    expect(isSuccess(await first())).toBe(true);
    const between = stage.books();
    expect(between).not.toEqual(before);
    expect((await second()).status).toBe(500);
    expect(stage.books()).toEqual(between);
  },

  async staleReads(stage) {
    script(stage, { kind: 'staleReads', seconds: 10 });
    const before = await stage.look();
    await stage.add();
    expect(await stage.look()).toBe(before);
    expect(stage.books().lines).toHaveLength(before + 1);
    stage.emulator.clock.advance(11_000);
    expect(await stage.look()).toBe(before + 1);
  },

  async omitField(stage) {
    const { call, optional } = stage.read;
    const whole = await call();
    expect(whole.text).toContain(`"${optional}"`);
    script(stage, { kind: 'omitField', field: optional });
    const part = await call();
    expect([part.status, part.text.includes(`"${optional}"`)]).toEqual([200, false]);
    expect((await call()).text).toBe(whole.text);
  },

  async bareId(stage) {
    const { call, object } = stage.read;
    const whole = await call();
    script(stage, { kind: 'bareId', field: object ?? '' });
    expect((await call()).json.at(object ?? '')).toBe(whole.json.at(object ?? '', 'id'));
  },

  async partialPage(stage) {
    await stage.add();
    const whole = await stage.look();
    script(stage, { kind: 'partialPage' });
    expect(await stage.look()).toBe(whole - 1);
    expect(await stage.look()).toBe(whole);
  },
};

function occurrencesOf(stage: Stage) {
  const found = tried.find((each) => each.stage === stage);
  if (!found) throw new TypeError('There is no such stage.');
  return found.occurrences;
}

describe('every emulator there is', () => {
  test('is among those that are tried here', () => {
    expect([...parts.keys()]).toEqual(Object.keys(emulators));
  });
});

test('a value of a parameter that cannot occur is refused with those that can', async () => {
  const all = ['past_due', 'paused', 'canceled'];
  const limited = tried.flatMap(({ stage, occurrences: { startSubscription } }) => {
    const possible = 'on' in startSubscription ? (startSubscription.only?.['status'] ?? all) : all;
    return all.filter((status) => !possible.includes(status)).map((status) => ({ stage, status, possible }));
  });
  for (const { stage, status: value, possible } of limited) {
    const action = { kind: 'startSubscription', status: value };
    const { status, json } = await caller(stage.emulator.url)('POST', '/__emulator/faults', { action });
    const message = `startSubscription takes here as status one of ${possible.join(', ')}.`;
    expect([status, json.at('message')]).toEqual([400, message]);
  }
  expect(limited).not.toEqual([]);
});

test('docs/emulators.md shows which can be scripted where', () => {
  const { head, rows, reasons } = misbehaviourRows(emulators);
  const [, shown = ''] =
    /<!-- misbehaviours:start -->\n\n(.*?)\n\n<!-- misbehaviours:end -->/su.exec(
      readFileSync('docs/emulators.md', 'utf8'),
    ) ?? [];
  expect(shown).toBe([...markdownTable(head, rows), '', ...reasons.map((reason) => `- ${reason}`)].join('\n'));
});

describe.each(tried)('$name', ({ stage, occurrences }) => {
  const control = caller(stage.emulator.url);

  test('lists each kind with its parameters and its requests, or why it does not happen', async () => {
    const { json } = await control('GET', '/__emulator');
    for (const kind of kinds) {
      expect(json.at('misbehaviours', kind)).toMatchObject({
        description: descriptions[kind],
        parameters: expect.anything(),
        ...occurrences[kind],
      });
    }
  });

  for (const kind of kinds) {
    const occurrence = occurrences[kind];
    // oxlint-disable-next-line jest/expect-expect -- what it shows is expected there
    if ('on' in occurrence) test(`${kind}: ${descriptions[kind]}`, () => shows[kind](stage));
    else
      test(`${kind} cannot be scripted: ${occurrence.never}`, async () => {
        const answer = await control('POST', '/__emulator/faults', { action: { ...examples[kind], kind } });
        expect([answer.status, answer.json.at('message')]).toEqual([400, expect.stringContaining(occurrence.never)]);
      });
  }

  test('takes each kind that can occur from the control endpoint, and no other value of its parameters', async () => {
    const possible = kinds.filter((kind) => 'on' in occurrences[kind]);
    const actions = possible.map((kind) => ({ action: { kind, ...examples[kind] } }));
    expect((await control('POST', '/__emulator/faults', actions)).status).toBe(201);
    expect(stage.emulator.faults.list().map(({ action }) => action.kind)).toEqual(possible);
    for (const kind of possible) {
      const action = { kind, ...examples[kind], unheardOf: 1 };
      expect([kind, (await control('POST', '/__emulator/faults', { action })).status]).toEqual([kind, 400]);
    }
  });

  test('leaves requests alone that it is not about, and happens as often as scripted', async () => {
    stage.emulator.faults.add({ action: { kind: 'unreadableAnswer', as: 'text' }, times: 'always' });
    expect((await stage.read.call()).json.value).not.toBeNull();
    await stage.add();
    expect(stage.emulator.faults.list()).toMatchObject([{ seen: 1, struck: 1 }]);
    expect(stage.emulator.requests.list().some(({ fault }) => fault?.kind === 'unreadableAnswer')).toBe(true);
  });

  test('ships free from a sum on: what the item costs can be what shipping cost', async () => {
    const totalWith = async (freeShippingFrom: number) => {
      stage.startAgain();
      await stage.look();
      stage.emulator.switches.setAll({ freeShippingFrom, shippingFee: 321 });
      await stage.add();
      return stage.total();
    };
    expect((await totalWith(1_000_000)) - (await totalWith(1))).toBe(321);
  });
});

/** Parameters each kind needs, where it needs any. */
const examples: Readonly<Partial<Record<MisbehaviourKind, object>>> = {
  capQuantity: { to: 1 },
  startSubscription: { status: 'canceled' },
  changePrice: { percent: 5 },
  answerErrors: { applies: true },
  applyLate: { seconds: 30 },
  unreadableAnswer: { as: 'half' },
  refuseFirst: { status: 500 },
  refuseSecond: { status: 422 },
  staleReads: { seconds: 5 },
  omitField: { field: 'quantity' },
  bareId: { field: 'order' },
};
