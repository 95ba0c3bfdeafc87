import { expect } from '@jest/globals';
import type { EligibilityQuestion, ItemChoice, UpsellEligibility } from '../../../src/domain/eligibility.js';
import { type ContractCase, type ContractSubject, port } from '../subject.js';
import { addTo, countWrites, linesOf } from '../writing.js';
import { valueOf } from '../../support/provider-harness.js';

async function check(
  { open }: ContractSubject,
  asked: readonly { readonly order: string; readonly item: ItemChoice | null }[],
): Promise<readonly UpsellEligibility[]> {
  const source = open();
  const orders = await source.orders.getMany(asked.map(({ order }) => order));
  const questions = asked.map(({ item }, index): EligibilityQuestion => ({
    order: valueOf(orders[index]),
    item,
    quantity: 1,
    subscribe: false,
  }));
  return (await port(source.eligibility, 'eligibility').check(questions)).map(valueOf);
}

export const judgementCases: readonly ContractCase[] = [
  {
    id: 'eligibility.same-order',
    level: 'MUST',
    needs: 'ELIGIBILITY_REASONS',
    says: 'answers questions in their order',
    async run(subject) {
      const { orders, items } = subject;
      const answers = await check(subject, [
        { order: orders.closed, item: items.addable },
        { order: orders.open, item: items.addable },
        { order: orders.open, item: null },
      ]);
      expect(answers.map(({ order }) => order.ref.key)).toEqual([orders.closed, orders.open, orders.open]);
      expect(answers.map(({ product }) => product?.providerId)).toEqual([
        items.addable.product?.id,
        items.addable.product?.id,
        undefined,
      ]);
    },
  },
  {
    id: 'eligibility.closed-order',
    level: 'MUST',
    needs: 'ELIGIBILITY_REASONS',
    says: 'never calls an item eligible for an order that takes no more',
    async run(subject) {
      const [answer] = await check(subject, [{ order: subject.orders.closed, item: subject.items.addable }]);
      expect(answer?.verdict).toBe('INELIGIBLE');
    },
  },
  {
    id: 'eligibility.unknown-product',
    level: 'MUST',
    needs: 'ELIGIBILITY_REASONS',
    says: 'never calls a product eligible that does not exist',
    async run(subject) {
      const [answer] = await check(subject, [{ order: subject.orders.open, item: subject.items.unknown }]);
      expect(answer?.verdict).toBe('INELIGIBLE');
    },
  },
  {
    id: 'eligibility.reasons-read-well',
    level: 'MUST',
    needs: 'ELIGIBILITY_REASONS',
    says: 'gives reasons as sentences, blocking ones first, and none only when eligible',
    async run(subject) {
      const { orders, items } = subject;
      const answers = await check(subject, [
        { order: orders.open, item: items.addable },
        { order: orders.open, item: items.alreadyThere },
        { order: orders.open, item: items.unknown },
        { order: orders.closed, item: items.addable },
      ]);
      for (const { verdict, reasons } of answers) {
        expect(reasons.length === 0).toBe(verdict === 'ELIGIBLE');
        expect(reasons.every(({ message }) => /^[A-Z].*\.$/.test(message))).toBe(true);
        const blocking = reasons.map((each) => each.blocking);
        expect(blocking).toEqual(blocking.toSorted((left, right) => Number(right) - Number(left)));
      }
    },
  },
  {
    id: 'eligibility.failure-is-no-yes',
    level: 'MUST',
    needs: 'ELIGIBILITY_REASONS',
    says: 'answers unknown, not eligible, when what is needed cannot be read',
    async run({ open, orders, items, provoke }) {
      const source = open();
      const order = valueOf((await source.orders.getMany([orders.open]))[0]);
      provoke.readsFail();
      const question = { order, item: items.addable, quantity: 1, subscribe: false };
      const [answer] = await port(source.eligibility, 'eligibility').check([question]);
      expect(answer?.state === 'failed' || (answer?.state === 'found' && answer.value.verdict === 'UNKNOWN')).toBe(
        true,
      );
    },
  },
  {
    id: 'preview.changes-nothing',
    level: 'MUST',
    needs: 'PREVIEW',
    says: 'previews without leaving a trace',
    async run(subject) {
      const { open, orders } = subject;
      const before = await linesOf(subject, orders.open);
      subject.requests();
      const preview = valueOf(await port(open().preview, 'preview').preview(addTo(orders.open, subject)));
      expect(preview.order.ref.key).toBe(orders.open);
      expect(countWrites(subject)).toBe(0);
      expect((await linesOf(subject, orders.open)).map(({ ref }) => ref.key)).toEqual(before.map(({ ref }) => ref.key));
    },
  },
  {
    id: 'window.counts-down',
    level: 'MUST',
    needs: 'TIME_WINDOW',
    says: 'tells how long an open order stays open, and that a closed one is closed',
    async run({ open, orders }) {
      const [first, second] = (await open().orders.getMany([orders.open, orders.closed])).map(valueOf);
      expect(first?.window).toMatchObject({ state: expect.stringMatching(/OPEN|CLOSING/) });
      expect(first?.window.secondsLeft).toBeGreaterThan(0);
      expect(second?.window).toMatchObject({ state: 'CLOSED', secondsLeft: 0 });
    },
  },
];
