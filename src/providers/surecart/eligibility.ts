import {
  type EligibilityQuestion,
  type EligibilityReason,
  reason,
  type UpsellEligibility,
} from '../../domain/eligibility.js';
import { found, missing } from '../../domain/lookup.js';
import type { EligibilityChecker } from '../../domain/provider.js';
import { type RequestedFrequency, statedFrequency } from '../../domain/write.js';
import type { Decoded } from '../kit/decode.js';
import { isForbidden, toEligibility } from '../kit/eligibility.js';
import { attemptLookup } from '../kit/lookups.js';
import { decodeRows } from '../kit/pages.js';
import { toProductRef } from '../kit/references.js';
import { type DryRun, dryRun } from './dry-run.js';
import { MODE_REASONS, modesOf, reasonsOfFrequency, reasonsOfItem } from './item-rules.js';
import { chosenOffer } from './offer-choice.js';
import { reasonsOfOrder, windowUnknown } from './order-reasons.js';
import type { OrderRecord } from './order-records.js';
import { readOrders, type Session } from './session.js';
import { decodePrice, type WirePrice, type WireUpsell } from './wire-catalogue.js';

export function createEligibilityChecker(session: Session): EligibilityChecker {
  return {
    async check(questions) {
      let runsLeft = session.account.settings.dryRunsPerCheck;
      const mayRun = () => runsLeft-- > 0;
      const records = await readOrders(
        session,
        questions.map(({ order }) => order.ref.key),
      );
      return Promise.all(
        questions.map(async (question, index) => {
          const record = records[index] ?? missing;
          if (record.state !== 'found') return record;
          return attemptLookup(async () =>
            found((await evaluate(session, record.value, question, { mayRun })).eligibility),
          );
        }),
      );
    },
  };
}

export interface Evaluation {
  readonly eligibility: UpsellEligibility;
  /** The offer that was asked for, when it is open. */
  readonly upsell: WireUpsell | null;
  /** Null when none was made: the rules forbid it already, or it was not allowed. */
  readonly run: DryRun | null;
}

export interface EvaluationOptions {
  readonly mayRun?: () => boolean;
  /** The one asked for, where it is known. */
  readonly frequency?: RequestedFrequency | null;
}

/** Evaluates an item by the rules first: only what they allow is worth a dry run. */
export async function evaluate(
  session: Session,
  record: OrderRecord,
  question: EligibilityQuestion,
  { mayRun = () => true, frequency = null }: EvaluationOptions = {},
): Promise<Evaluation> {
  const { order, item } = question;
  const chosen = item && chosenOffer(record, item);
  const upsell = chosen?.state === 'offered' ? chosen.upsell : null;
  const recurring = await recurringPrices(session, question.subscribe && upsell ? upsell.price : null);
  const ruled = [
    // That it was taken says more than that nothing is offered any longer.
    ...(chosen?.state === 'taken' ? [] : reasonsOfOrder(order, record)),
    ...reasonsOfItem(question, record, recurring),
    ...reasonsOfFrequency(upsell?.price ?? null, statedFrequency(frequency)),
  ];
  const run = upsell && !isForbidden(ruled) && mayRun() ? await runFor(session, record, question, upsell) : null;
  if (run?.state === 'refused') await session.memory.noteRefusal(record.wire.checkout.id, run.reasons);
  const reasons = [
    // What was just tried out is known to be open still.
    ...(run?.state === 'priced' ? ruled.filter((each) => each !== windowUnknown) : ruled),
    ...(run ? reasonsOfRun(run) : []),
  ];
  const priceId = upsell?.priceId ?? item?.product?.id ?? null;
  const isOnlyMode = reasons.every(({ blocking, code }) => !blocking || MODE_REASONS.has(code));
  const eligibility = toEligibility(question, {
    product: priceId === null ? null : toProductRef(priceId, session.account),
    reasons,
    possibleModes: upsell && isOnlyMode ? modesOf(upsell.price) : [],
    basis: run === null || run.state === 'failed' ? 'RULES' : 'PROVIDER_DRY_RUN',
    checkedAt: session.clock(),
  });
  return { eligibility, upsell, run };
}

/** Reads recurring prices where the offered price does not recur, only to name them. */
async function recurringPrices({ client }: Session, price: WirePrice | null): Promise<Decoded<WirePrice>> {
  if (price === null || price.interval !== null || price.productId === null) return { records: [], problem: null };
  return recurringPricesOf(client, price.productId);
}

export async function recurringPricesOf(
  { pricesOfProduct }: Session['client'],
  productId: string,
): Promise<Decoded<WirePrice>> {
  const { records, problem } = await decodeRows(await pricesOfProduct(productId), decodePrice);
  return { records: records.filter(({ interval, archived }) => interval !== null && archived !== true), problem };
}

function runFor(
  { client }: Session,
  { wire }: OrderRecord,
  { item, quantity }: EligibilityQuestion,
  upsell: WireUpsell,
): Promise<DryRun> {
  const variant = item?.product?.variantId ?? null;
  return dryRun(client, {
    price: upsell.priceId,
    checkout: wire.checkout.id,
    upsell: upsell.id,
    quantity,
    ...(variant === null ? {} : { variant }),
  });
}

function reasonsOfRun(run: DryRun): readonly EligibilityReason[] {
  if (run.state === 'refused') return run.reasons;
  if (run.state === 'priced') return [];
  const message = 'It could not be checked just now whether this can be added.';
  return [
    reason('PROVIDER_UNAVAILABLE', message, { blocking: false, evidence: run.problem.detail, remedy: 'RETRY_LATER' }),
  ];
}
