import { expect } from '@jest/globals';
import type { DataSource } from '../../../src/domain/provider.js';
import { type ContractCase, port } from '../subject.js';
import { adder, addTo, countWrites, lastStep, linesOf, prepare, run } from '../writing.js';
import { valueOf } from '../../support/provider-harness.js';

const converter = (source: DataSource) => port(source.conversions, 'conversions');
const remover = (source: DataSource) => port(source.upsells?.remove, 'upsells.remove');
const changer = (source: DataSource) => port(source.upsells?.changeQuantity, 'upsells.changeQuantity');

export const writeCases: readonly ContractCase[] = [
  {
    id: 'add.visible',
    level: 'MUST',
    needs: 'ADD_ONE_TIME_ITEM',
    says: 'shows an added item when the order is read again, as the line it named',
    async run(subject) {
      const { orders, items } = subject;
      const before = new Set((await linesOf(subject, orders.open)).map(({ ref }) => ref.key));
      const { look } = await run(subject, adder, addTo(orders.open, subject));
      const added = (await linesOf(subject, orders.open)).filter(({ ref }) => !before.has(ref.key));
      expect(added).toMatchObject([
        { product: { providerId: items.addable.product?.id }, quantity: 2, purchaseMode: 'ONE_TIME' },
      ]);
      expect(await look()).toMatchObject({
        status: 'SUCCEEDED',
        effect: 'CHANGED',
        differences: [],
        keys: { lineItemKey: added[0]?.ref.key },
      });
    },
  },
  {
    id: 'add.lost-answer-is-found',
    level: 'MUST',
    needs: 'ADD_ONE_TIME_ITEM',
    says: 'calls a lost answer unknown, sends it once, and shows its item',
    async run(subject) {
      const { orders, provoke } = subject;
      const before = (await linesOf(subject, orders.open)).length;
      provoke.nextAnswerIsLost();
      subject.requests();
      const { sent, look } = await run(subject, adder, addTo(orders.open, subject));
      expect(sent.outcome).toBe('unknown');
      expect(lastStep(await look())).toMatchObject({ conclusion: 'DONE', keys: { lineItemKey: expect.any(String) } });
      expect(countWrites(subject)).toBe(1);
      expect(await linesOf(subject, orders.open)).toHaveLength(before + 1);
    },
  },
  {
    id: 'add.cut-leaves-no-trace',
    level: 'MUST',
    needs: 'ADD_ONE_TIME_ITEM',
    says: 'shows an order as it was after a write that never took effect, and does not send it again',
    async run(subject) {
      const { orders, provoke } = subject;
      provoke.nextWriteIsCut();
      const { sent, look } = await run(subject, adder, addTo(orders.open, subject));
      expect(sent.outcome).toBe('unknown');
      // It may be queued somewhere, and come yet.
      expect(await look()).toMatchObject({ status: 'INDETERMINATE', effect: 'UNKNOWN' });
      expect(await look('at last')).toMatchObject({ status: 'FAILED', effect: 'UNCHANGED' });
      expect(countWrites(subject)).toBe(1);
    },
  },
  {
    id: 'add.unreadable-is-unclear',
    level: 'MUST',
    needs: 'ADD_ONE_TIME_ITEM',
    says: 'does not say what became of a write while the provider cannot be read',
    async run(subject) {
      const { orders, provoke } = subject;
      provoke.nextAnswerIsLost();
      const { look } = await run(subject, adder, addTo(orders.open, subject));
      provoke.readsFail();
      expect(await look('at last')).toMatchObject({ status: 'INDETERMINATE', effect: 'UNKNOWN' });
    },
  },
  {
    id: 'add.refused-leaves-no-trace',
    level: 'MUST',
    needs: 'ADD_ONE_TIME_ITEM',
    says: 'gives a refusal as data and leaves the order as it was',
    async run(subject) {
      const { orders, provoke } = subject;
      const before = await linesOf(subject, orders.open);
      provoke.nextWriteIsRefused();
      const { sent, look } = await run(subject, adder, addTo(orders.open, subject));
      expect(sent.outcome).toBe('refused');
      expect(await look()).toMatchObject({ status: 'REJECTED' });
      expect((await linesOf(subject, orders.open)).map(({ ref }) => ref.key)).toEqual(before.map(({ ref }) => ref.key));
    },
  },
  {
    id: 'add.denied-and-done-is-done',
    level: 'MUST',
    needs: 'ADD_ONE_TIME_ITEM',
    says: 'believes the order over a refusal: a gateway that sends a request twice hears of its own first one',
    async run(subject) {
      const { orders, provoke } = subject;
      const before = (await linesOf(subject, orders.open)).length;
      provoke.nextWriteIsDeniedAndDone();
      const { sent, look } = await run(subject, adder, addTo(orders.open, subject));
      expect(sent.outcome).toBe('refused');
      expect(await linesOf(subject, orders.open)).toHaveLength(before + 1);
      for (const when of ['at once', 'at last'] as const) {
        const verdict = await look(when);
        expect(lastStep(verdict)).toMatchObject({ conclusion: 'DONE' });
        expect(['SUCCEEDED', 'PARTIAL']).toContain(verdict.status);
        expect(['CHANGED', 'PARTLY_CHANGED']).toContain(verdict.effect);
      }
      provoke.readsFail();
      expect(await look('at last')).toMatchObject({ status: 'INDETERMINATE', effect: 'UNKNOWN' });
    },
  },
  {
    id: 'add.duplicate-refused',
    level: 'MUST',
    needs: 'ADD_ONE_TIME_ITEM',
    says: 'refuses a product that is already a one-time item, names its line and sends nothing',
    async run(subject) {
      const { orders, items, oneTimeLine } = subject;
      const preparation = await prepare(subject, addTo(orders.open, subject, { item: items.alreadyThere }));
      expect(preparation).toMatchObject({
        refusal: { code: 'DUPLICATE_ITEM', existing: { ref: { key: oneTimeLine } } },
      });
      expect(countWrites(subject)).toBe(0);
    },
  },
  {
    id: 'add.duplicate-wanted',
    level: 'MUST',
    needs: 'ADD_ONE_TIME_ITEM',
    says: 'adds a product that is already there when that is asked for',
    async run(subject) {
      const { orders, items } = subject;
      const request = addTo(orders.open, subject, { item: items.alreadyThere, ifPresent: 'ADD' });
      const { look } = await run(subject, adder, request);
      expect(await look()).toMatchObject({ status: 'SUCCEEDED', differences: [] });
    },
  },
  {
    id: 'add.closed-refused',
    level: 'MUST',
    needs: 'ADD_ONE_TIME_ITEM',
    says: 'refuses an order that takes no more items before anything is sent',
    async run(subject) {
      const preparation = await prepare(subject, addTo(subject.orders.closed, subject));
      expect(preparation).toMatchObject({ refusal: { code: 'NOT_ELIGIBLE' } });
      expect(countWrites(subject)).toBe(0);
    },
  },
  {
    id: 'add.foreign-is-not-found',
    level: 'MUST',
    needs: 'ADD_ONE_TIME_ITEM',
    says: "answers another shopper's order exactly like one that does not exist, and sends nothing",
    async run(subject) {
      const { orders } = subject;
      const foreign = await prepare(subject, addTo(orders.foreign, subject));
      expect(foreign).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
      expect(foreign).toEqual(await prepare(subject, addTo(orders.unknown, subject)));
      expect(countWrites(subject)).toBe(0);
    },
  },
  {
    id: 'add.unreadable-target-refused',
    level: 'MUST',
    needs: 'ADD_ONE_TIME_ITEM',
    says: 'sends nothing when the target cannot be read, and lets the same key try again',
    async run(subject) {
      subject.provoke.readsFail();
      const preparation = await prepare(subject, addTo(subject.orders.open, subject));
      expect(preparation).toMatchObject({ refusal: { code: 'PROVIDER', retry: 'SAME_KEY' } });
      expect(countWrites(subject)).toBe(0);
    },
  },
  {
    id: 'subscribe.visible',
    level: 'MUST',
    needs: 'ADD_AS_SUBSCRIPTION',
    says: 'shows an item added as a subscription with its frequency',
    async run(subject) {
      const { open, orders, frequency } = subject;
      const { look } = await run(
        subject,
        adder,
        addTo(orders.open, subject, { subscribe: frequency, ifPresent: 'ADD' }),
      );
      const key = (await look()).keys.subscriptionKey;
      const contract = valueOf((await port(open().subscriptions, 'subscriptions').getMany([key ?? '']))[0]);
      expect(contract).toMatchObject({ terms: { deliveryFrequency: frequency }, status: 'ACTIVE' });
      const line = (await linesOf(subject, orders.open)).find(({ subscriptionRef }) => subscriptionRef?.key === key);
      expect(line).toMatchObject({ purchaseMode: 'SUBSCRIPTION', quantity: 2 });
    },
  },
  {
    id: 'convert.visible',
    level: 'MUST',
    needs: 'CONVERT_TO_SUBSCRIPTION',
    says: 'shows a converted line with its subscription',
    async run(subject) {
      const { open, frequency, oneTimeLine } = subject;
      const request = { kind: 'CONVERT_TO_SUBSCRIPTION', lineItemKey: oneTimeLine, frequency, offerKey: null } as const;
      const { look } = await run(subject, converter, request);
      const line = valueOf((await port(open().lineItems, 'lineItems').getMany([oneTimeLine]))[0]);
      expect(await look()).toMatchObject({
        status: 'SUCCEEDED',
        keys: { subscriptionKey: line.subscriptionRef?.key },
      });
      expect(line.purchaseMode).toBe('SUBSCRIPTION');
    },
  },
  {
    id: 'convert.lost-answer-is-found',
    level: 'MUST',
    needs: 'CONVERT_TO_SUBSCRIPTION',
    says: 'finds a conversion whose answer was lost',
    async run(subject) {
      const { frequency, oneTimeLine, provoke } = subject;
      provoke.nextAnswerIsLost();
      const request = { kind: 'CONVERT_TO_SUBSCRIPTION', lineItemKey: oneTimeLine, frequency, offerKey: null } as const;
      const { sent, look } = await run(subject, converter, request);
      expect(sent.outcome).toBe('unknown');
      expect(lastStep(await look())).toMatchObject({
        conclusion: 'DONE',
        keys: { subscriptionKey: expect.any(String) },
      });
    },
  },
  {
    id: 'quantity.visible',
    level: 'MUST',
    needs: 'CHANGE_QUANTITY',
    says: 'shows the changed quantity',
    async run(subject) {
      const { open, oneTimeLine } = subject;
      const request = { kind: 'CHANGE_UPSELL_ITEM_QUANTITY', lineItemKey: oneTimeLine, quantity: 7 } as const;
      const { look } = await run(subject, changer, request);
      expect(await look()).toMatchObject({ status: 'SUCCEEDED', differences: [] });
      expect(valueOf((await port(open().lineItems, 'lineItems').getMany([oneTimeLine]))[0]).quantity).toBe(7);
    },
  },
  {
    id: 'remove.visible',
    level: 'MUST',
    needs: 'REMOVE_ITEM',
    says: 'no longer shows a removed line, and leaves the others',
    async run(subject) {
      const { orders, oneTimeLine } = subject;
      const before = (await linesOf(subject, orders.open)).map(({ ref }) => ref.key);
      const request = { kind: 'REMOVE_UPSELL_ITEM', lineItemKey: oneTimeLine } as const;
      const { look } = await run(subject, remover, request);
      expect(await look()).toMatchObject({ status: 'SUCCEEDED', keys: { removedLineItemKey: oneTimeLine } });
      const after = (await linesOf(subject, orders.open)).map(({ ref }) => ref.key);
      expect(after).toEqual(before.filter((key) => key !== oneTimeLine));
    },
  },
  {
    id: 'remove.foreign-is-not-found',
    level: 'MUST',
    needs: 'REMOVE_ITEM',
    says: "answers another shopper's line like one that does not exist, and sends nothing",
    async run(subject) {
      const { openFor, otherShopper, oneTimeLine, orders } = subject;
      const ask = (lineItemKey: string) =>
        remover(openFor(otherShopper)).prepare({ kind: 'REMOVE_UPSELL_ITEM', lineItemKey });
      const foreign = await ask(oneTimeLine);
      expect(foreign).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
      expect(foreign).toEqual(await ask(orders.unknown));
      expect(countWrites(subject)).toBe(0);
    },
  },
];
