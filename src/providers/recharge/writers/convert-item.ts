import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import type { LineItem } from '../../../domain/line-item.js';
import type { Money } from '../../../domain/money.js';
import type { Order } from '../../../domain/order.js';
import { ProviderFailure } from '../../../domain/problem.js';
import type { Frequency } from '../../../domain/subscription.js';
import type {
  ConvertItem,
  PlannedStep,
  Preparation,
  SendResult,
  Writer,
  WriteProgress,
} from '../../../domain/write.js';
import { type Infer, integer, requireObject } from '../../kit/decode.js';
import { forbidden, ready, refused } from '../../kit/preparation.js';
import { currencyOfOrder } from '../../kit/money.js';
import { anItem } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { readSubscriptions } from '../item-facts.js';
import { noOffers, reasonsOfSubscribing } from '../item-rules.js';
import { frequencyFor, unitPriceOf } from '../plans.js';
import type { Session } from '../session.js';
import type { CatalogueItem } from '../wire-catalogue.js';
import { decodeAddContext } from './add-context.js';
import { addSubscription, removeOnetime } from './send.js';
import { readTargetLine, type TargetLine } from './target-line.js';
import { ADD_SUBSCRIPTION, contextOf, newMark, REMOVE_ITEM } from './write-context.js';
import { lookAgain, type Subject, viewBefore } from './write-view.js';

/** Two writes and a look between them have to fit. */
const NEEDED_SECONDS = 600;

const decodeConvertContext = (value: unknown) => ({
  ...decodeAddContext(value),
  quantity: integer(requireObject(value, 'the context of a write'), 'quantity'),
});

type ConvertContext = Infer<typeof decodeConvertContext>;

/**
 * Creates a writer that adds a subscription, then removes the item: no call converts one. The subscription is seen on
 * the order before the one-time item goes: the other way round, a failure would lose the shopper's item.
 */
export function createConvertItemWriter(session: Session): Writer<ConvertItem> {
  return withStoredContext(decodeConvertContext, {
    prepare: (request) => prepare(session, request),
    send: (step, { lineItemKey }, progress) =>
      step === ADD_SUBSCRIPTION ? subscribe(session, progress) : removeOnetime(session, lineItemKey),
    look: ({ lineItemKey }, progress) => lookAgain(session, progress, subjectOf(lineItemKey)),
  });
}

function subjectOf(lineItemKey: string): Subject {
  return { onetimes: true, subscriptions: true, lineItemKey };
}

function subscribe(session: Session, progress: WriteProgress<ConvertContext>): Promise<SendResult> {
  const { frequency, quantity } = progress.context;
  if (frequency === null) throw new TypeError('a conversion without a frequency');
  return addSubscription(session, progress, quantity, frequency, anItem);
}

async function prepare(session: Session, request: ConvertItem): Promise<Preparation<ConvertContext>> {
  const target = await readTargetLine(session, request.lineItemKey);
  if ('outcome' in target) return target;
  const { line, order } = target;
  const ofLine = forbidden(line.conversion, request.offerKey === null ? [] : [noOffers]);
  if (ofLine) return refused(ofLine, order);
  const { item, reasons } = await judge(session, target);
  const frequency = frequencyFor(request.frequency, item);
  const refusal = forbidden({ reasons: 'every' in frequency ? reasons : [...reasons, frequency] });
  if (refusal) return refused(refusal, order);
  return ready(await targetOf(session, target, item, 'every' in frequency ? frequency : null));
}

interface Judged {
  readonly item: CatalogueItem | null;
  readonly reasons: readonly EligibilityReason[];
}

/** Reads what forbids to subscribe to the product of a line. */
async function judge(session: Session, { charge, line, order }: TargetLine): Promise<Judged> {
  const { account, reads } = session;
  const variantId = line.product.providerId;
  const [item, subscriptions] = await Promise.all([
    account.settings.catalogue === 'none' ? null : reads.variants.get(variantId),
    readSubscriptions(session, charge.addressId),
  ]);
  if (item?.state === 'failed') throw new ProviderFailure(item.problem);
  if (subscriptions.state === 'failed') throw new ProviderFailure(subscriptions.problem);
  const { secondsLeft } = order.window;
  return {
    item: item?.state === 'found' ? item.value : null,
    reasons: [
      ...(secondsLeft !== null && secondsLeft < NEEDED_SECONDS ? [tooLate] : []),
      ...reasonsOfSubscribing(variantId, { item, subscriptions }, account.settings),
    ],
  };
}

const tooLate = reason('WINDOW_CLOSED', 'It is too late to subscribe to an item of this order.', {
  evidence: `less than ${NEEDED_SECONDS} seconds are left`,
  remedy: 'USE_NEXT_ORDER',
});

async function targetOf(
  session: Session,
  { line, charge, order }: TargetLine,
  item: CatalogueItem | null,
  frequency: Frequency | null,
) {
  const lineItemKey = line.ref.key;
  const mark = newMark(session);
  const { view, known } = await viewBefore(session, charge, subjectOf(lineItemKey), mark);
  if (view.lines.problem) throw new ProviderFailure(view.lines.problem);
  return {
    order,
    product: line.product,
    steps: stepsFor(line, frequency, mark),
    before: view,
    context: {
      ...contextOf(charge, line.product.providerId, { mark, known }),
      frequency,
      quantity: line.quantity,
    },
    expectedIncrease: increaseOf(line, order, item, frequency),
  };
}

function stepsFor(
  { ref, product, quantity }: LineItem,
  frequency: Frequency | null,
  mark: string | null,
): readonly PlannedStep[] {
  const productId = product.providerId;
  return [
    {
      name: ADD_SUBSCRIPTION,
      expects: [{ kind: 'line_added', productId, quantity, recurring: true, frequency, mark }],
    },
    { name: REMOVE_ITEM, expects: [{ kind: 'line_gone', lineItemKey: ref.key }], takesAway: true },
  ];
}

/** Returns what the plan's price, which may be another one, adds to the item's; null where either is not stated. */
function increaseOf(
  { quantity, total, tax }: LineItem,
  order: Order,
  item: CatalogueItem | null,
  frequency: Frequency | null,
): Money | null {
  const unitPrice = item && unitPriceOf(item, currencyOfOrder(order), frequency);
  const price = unitPrice?.times(quantity) ?? null;
  const isTaxed = tax !== null && tax.minor > 0n;
  if (price === null || total === null || isTaxed || price.currency !== total.currency) return null;
  return price.minor > total.minor ? price.minus(total) : price.with(0n);
}
