import { afterAll, afterEach, expect, test } from '@jest/globals';
import type { EligibilityReason, EligibilityVerdict, ItemChoice } from '../../src/domain/eligibility.js';
import type { LineItem } from '../../src/domain/line-item.js';
import type { Order } from '../../src/domain/order.js';
import type { Refusal } from '../../src/domain/refusal.js';
import type { AddItem, Preparation, RequestedFrequency, WriteRequest, Writer } from '../../src/domain/write.js';
import { prepareWrite } from '../../src/operations/read-target.js';
import { providers } from '../../src/providers/index.js';
import { subjectOf } from '../subjects/index.js';
import { valueOf } from '../support/provider-harness.js';
import { sendSteps } from '../support/write-steps.js';
import { type ContractSubject, port } from './subject.js';

/*
 * What a line or an eligibility says can be done is what the mutation decides. Walks everything of each sandbox: every line
 * of every order, and every item of the catalogue for every order, once and recurring.
 */

const summary: string[] = [];
afterAll(() => {
  process.stdout.write(`Verdicts and decisions: ${summary.join('; ')}\n`);
});

interface Answer {
  readonly verdict: EligibilityVerdict;
  readonly reasons: readonly EligibilityReason[];
}

type Decision = { readonly decided: 'ready' } | { readonly decided: 'refused'; readonly codes: readonly string[] };

/** The refusals that say the same as a reason of another name. */
const sameAs: Readonly<Record<string, string>> = { DUPLICATE_ITEM: 'ALREADY_ON_ORDER', TARGET_MOVED: 'ORDER_NOT_OPEN' };

function codesOf(refusal: Refusal): readonly string[] {
  if (refusal.code === 'NOT_ELIGIBLE') return refusal.reasons.flatMap(({ blocking, code }) => (blocking ? code : []));
  return [sameAs[refusal.code] ?? refusal.code];
}

/** An unconditional answer is the decision; a conditional one may come to a refusal by a condition it names. */
function isHonest({ verdict, reasons }: Answer, decision: Decision): boolean {
  const isNamed = (code: string) => reasons.some((each) => each.code === code);
  switch (verdict) {
    case 'ELIGIBLE':
      return decision.decided === 'ready';
    case 'INELIGIBLE':
      return decision.decided === 'refused' && decision.codes.some(isNamed);
    case 'CONDITIONAL':
      return decision.decided === 'ready' || decision.codes.every(isNamed);
    case 'UNKNOWN':
      return true;
  }
}

function decisionOf(preparation: Preparation): Decision {
  if (preparation.outcome === 'ready') return { decided: 'ready' };
  return { decided: 'refused', codes: codesOf(preparation.refusal) };
}

/** A rhythm has to be named: what it is left to is no plan, or several. */
const RHYTHM_NEEDED: ReadonlySet<string> = new Set(['VALIDATION', 'PRICE_AMBIGUOUS']);

/** Leaves the rhythm to the plan, where the provider has one. */
async function decide<R extends WriteRequest>(
  writer: () => Writer<R>,
  requestOf: (frequency: RequestedFrequency) => R,
  { frequency }: ContractSubject,
): Promise<{ readonly decision: Decision; readonly request: R }> {
  for (const asked of ['AS_PLANNED', frequency] as const) {
    const request = requestOf(asked);
    const preparation = await prepareWrite(writer(), request);
    const decision = decisionOf(preparation);
    const isUnplanned = decision.decided === 'refused' && decision.codes.some((code) => RHYTHM_NEEDED.has(code));
    if (!isUnplanned || asked === frequency) return { decision, request };
  }
  throw new Error('nothing was decided');
}

let subject: ContractSubject | null = null;
afterEach(() => subject?.close());

test.each(Object.keys(providers))(
  '%s decides of every line and every item of the sandbox as it says beforehand',
  async (name) => {
    const walked = (subject = await subjectOf(name).contract.start());
    const tried = { lines: 0, conversions: 0, items: 0 };
    const verdicts: Record<EligibilityVerdict, number> = { ELIGIBLE: 0, CONDITIONAL: 0, INELIGIBLE: 0, UNKNOWN: 0 };
    const disagreements: object[] = [];
    const compare = (what: string, answer: Answer, decision: Decision) => {
      verdicts[answer.verdict] += 1;
      if (isHonest(answer, decision)) return;
      const reasons = answer.reasons.map(({ code, blocking }) => (blocking ? code : `${code}?`));
      disagreements.push({ what, verdict: answer.verdict, reasons, decision });
    };
    const { orders: keys, items } = walked.everything();
    const source = walked.open();
    const orders = (await source.orders.getMany(keys)).flatMap((each) => (each.state === 'found' ? each.value : []));
    const possible: (() => Promise<unknown>)[] = [];

    for (const order of orders) {
      // A list of lines that cannot be read says nothing of them.
      const [lines] = await port(source.lineItems, 'lineItems').forOrders([order]);
      for (const line of lines?.state === 'found' ? lines.value : []) {
        tried.lines += 1;
        await walkLine(line);
      }
      for (const item of items) {
        for (const isRecurring of [false, true]) {
          tried.items += 1;
          await walkItem(order, item, isRecurring);
        }
      }
    }

    async function walkLine(line: LineItem): Promise<void> {
      const key = line.ref.key;
      const converter = () => port(walked.open().conversions, 'conversions');
      const conversion = await decide(
        converter,
        (frequency) => ({ kind: 'CONVERT_TO_SUBSCRIPTION', lineItemKey: key, frequency, offerKey: null }),
        walked,
      );
      compare(`conversion of ${key}`, line.conversion, conversion.decision);
      // Few lines are called convertible without a condition: what was decided is carried out as well.
      if (conversion.decision.decided === 'ready') {
        tried.conversions += 1;
        possible.push(() => sendSteps(converter, conversion.request));
      }
      const { remove } = port(source.upsells, 'upsells');
      if (!remove) {
        compare(`removal of ${key}`, line.removal, {
          decided: 'refused',
          codes: line.removal.reasons.map(({ code }) => code),
        });
        return;
      }
      const request = { kind: 'REMOVE_UPSELL_ITEM', lineItemKey: key } as const;
      const remover = () => port(walked.open().upsells?.remove, 'remove');
      compare(`removal of ${key}`, line.removal, decisionOf(await prepareWrite(remover(), request)));
      if (line.removal.verdict === 'ELIGIBLE') possible.push(() => sendSteps(remover, request));
    }

    async function walkItem(order: Order, item: ItemChoice, subscribe: boolean): Promise<void> {
      const question = { order, item, quantity: 1, subscribe };
      const answer = valueOf((await port(walked.open().eligibility, 'eligibility').check([question]))[0]);
      const adder = () => port(walked.open().upsells, 'upsells').add;
      const { decision, request } = await decide(
        adder,
        (frequency): AddItem => ({
          kind: 'ADD_UPSELL_ITEM',
          orderKey: order.ref.key,
          item,
          quantity: 1,
          subscribe: subscribe ? frequency : null,
          ifPresent: 'REJECT',
          ifTargetMoved: 'REJECT',
        }),
        walked,
      );
      const what = `${item.offerKey ?? item.product?.id} for ${order.ref.key}${subscribe ? ', recurring' : ''}`;
      compare(what, answer, decision);
      if (answer.verdict === 'ELIGIBLE') possible.push(() => sendSteps(adder, request));
    }

    expect(disagreements).toEqual([]);
    // What was called possible is done, each in a sandbox of its own.
    const every = Math.ceil(possible.length / MOST_WRITES);
    const written = possible.filter((_write, index) => index % every === 0);
    for (const write of written) {
      await walked.reset();
      walked.everything();
      await write();
    }
    summary.push(
      `${name} ${orders.length} orders, ${tried.lines} lines, ${tried.conversions} of them convertible, ${tried.items} items, ` +
        `${JSON.stringify(verdicts)}, ` +
        `${written.length} written, ${disagreements.length} disagreements`,
    );
    expect(tried.lines).toBeGreaterThan(0);
    expect(tried.conversions).toBeGreaterThan(0);
    expect(verdicts.INELIGIBLE).toBeGreaterThan(0);
    expect(verdicts.ELIGIBLE + verdicts.CONDITIONAL).toBeGreaterThan(0);
  },
  300_000,
);

const MOST_WRITES = 12;
