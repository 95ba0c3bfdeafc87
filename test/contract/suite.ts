import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CapabilityKey, capabilityKeys } from '../../src/domain/capability.js';
import type { DataSource, Provider } from '../../src/domain/provider.js';
import type { WriteKind } from '../../src/domain/write.js';
import { judgementCases } from './cases/judgements.js';
import { readCases } from './cases/reads.js';
import { writeCases } from './cases/writes.js';
import type { ContractCase, ContractSubject, ContractSubjectDefinition } from './subject.js';

export const cases: readonly ContractCase[] = [...readCases, ...judgementCases, ...writeCases];

/** Capabilities that stand for a port: one is there exactly when the other is. */
const ports: Readonly<Partial<Record<CapabilityKey, (source: DataSource) => unknown>>> = {
  UPCOMING_ORDERS: ({ upcomingOrders }) => upcomingOrders,
  ADD_ONE_TIME_ITEM: ({ upsells }) => upsells?.add,
  CONVERT_TO_SUBSCRIPTION: ({ conversions }) => conversions,
  REMOVE_ITEM: ({ upsells }) => upsells?.remove,
  CHANGE_QUANTITY: ({ upsells }) => upsells?.changeQuantity,
  PREVIEW: ({ preview }) => preview,
  ELIGIBILITY_REASONS: ({ eligibility }) => eligibility,
  OFFER_FUNNEL: ({ upsells }) => upsells?.decline,
};

/** Holds a provider to the contract, against its emulator. */
export function describeContract(name: string, provider: Provider, definition: ContractSubjectDefinition): void {
  describe(name, () => {
    let subject: ContractSubject;

    beforeAll(async () => {
      subject = await definition.start();
    });

    beforeEach(() => subject.reset());

    afterAll(() => subject.close());

    const isSupported = ({ needs }: ContractCase) =>
      needs === undefined || provider.capabilities[needs].support !== 'UNSUPPORTED';
    const gaps = new Map(definition.gaps.map((gap) => [gap.case, gap.reason]));

    for (const { id, level, says, run } of cases.filter(isSupported)) {
      const reason = gaps.get(id);
      if (reason === undefined) test(`${id}: ${level} — ${says}`, () => expect(run(subject)).resolves.toBeUndefined());
      else test(`${id}: gap, ${reason}`, () => expect(outcomeOf(run(subject))).resolves.toBe('fails'));
    }

    test('names gaps only of cases it is asked', () => {
      const asked = new Set(cases.filter(isSupported).map(({ id }) => id));
      expect([...gaps.keys()].filter((id) => !asked.has(id))).toEqual([]);
    });

    test('has a port exactly for what its capability matrix claims', () => {
      const source = subject.open();
      const isThere = (key: CapabilityKey) => ports[key] && ports[key](source) !== undefined;
      const keys = capabilityKeys.filter((key) => ports[key]);
      expect(keys.filter(isThere)).toEqual(keys.filter((key) => provider.capabilities[key].support !== 'UNSUPPORTED'));
    });

    test('has a writer exactly for the kinds of writes it states', () => {
      const { upsells, conversions, checkout } = subject.open();
      const writers: Readonly<Record<WriteKind, unknown>> = {
        ADD_UPSELL_ITEM: upsells?.add,
        CHANGE_UPSELL_ITEM_QUANTITY: upsells?.changeQuantity,
        REMOVE_UPSELL_ITEM: upsells?.remove,
        DECLINE_UPSELL_OFFER: upsells?.decline,
        CONVERT_TO_SUBSCRIPTION: conversions,
        COMPLETE_CHECKOUT: checkout,
      };
      const kinds = Object.entries(writers).flatMap(([kind, writer]) => (writer === undefined ? [] : kind));
      expect(kinds.sort()).toEqual([...provider.writes].sort());
    });

    test('explains every capability that is not simply native', () => {
      const unexplained = capabilityKeys.filter((key) => {
        const { support, note } = provider.capabilities[key];
        return support !== 'NATIVE' && note === null;
      });
      expect(unexplained).toEqual([]);
    });
  });
}

/** A gap that passes is no gap: its entry must go. */
async function outcomeOf(run: Promise<void>): Promise<'passes' | 'fails'> {
  return run.then(
    () => 'passes',
    () => 'fails',
  );
}
