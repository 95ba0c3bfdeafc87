import { reason } from '../../../domain/eligibility.js';
import { valueOf } from '../../../domain/lookup.js';
import { notEligible, notFound } from '../../../domain/refusal.js';
import type { DeclineOffer, InspectResult, Preparation, Writer } from '../../../domain/write.js';
import { type Infer, record, text } from '../../kit/decode.js';
import { ready, refused } from '../../kit/preparation.js';
import { toProductRef } from '../../kit/references.js';
import { toSendResult } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { toOrder } from '../mapping.js';
import { chosenOffer } from '../offer-choice.js';
import { readOrder, type Session } from '../session.js';
import { refusalIn } from './refusals.js';

const STEP = 'decline_offer';

/** Longer than any funnel stays open, which is a day at most. */
const KEEP_MS = 2 * 86_400_000;

export function createDeclineOfferWriter(session: Session): Writer<DeclineOffer> {
  return withStoredContext(decodeDeclineContext, {
    prepare: (request) => prepare(session, request),

    async send(_step, { orderKey, offerKey }, { snapshot }) {
      const { checkoutId } = snapshot.context;
      const result = await session.client.declineUpsell(checkoutId, offerKey);
      const sent = toSendResult(result, {
        confirm: () => ({ orderKey }),
        refuse: (problem) => refusalIn(result, problem),
      });
      if (sent.outcome === 'confirmed') await remember(session, checkoutId, offerKey);
      return sent;
    },

    inspect: (_step, request, { snapshot }) => inspect(session, request, snapshot.context.checkoutId),
  });
}

const decodeDeclineContext = record('the context of a write', (fields) => ({ checkoutId: text(fields, 'checkoutId') }));

type DeclineContext = Infer<typeof decodeDeclineContext>;

async function prepare(session: Session, { orderKey, offerKey }: DeclineOffer): Promise<Preparation<DeclineContext>> {
  const found = valueOf(await readOrder(session, orderKey));
  if (found === null) return refused(notFound(['orderId'], 'order'));
  const chosen = chosenOffer(found, { offerKey, product: null });
  if (chosen.state === 'taken') return refused(notEligible([reason('ALREADY_TAKEN', 'This offer was already taken.')]));
  if (chosen.state === 'not_offered') {
    return refused(notEligible([reason('NOT_OFFERED', 'This is not what is offered for this order right now.')]));
  }
  const order = toOrder(found, session.account, session.clock());
  return ready({
    order,
    product: toProductRef(chosen.upsell.priceId, session.account),
    steps: [STEP],
    snapshot: { lineItemKeys: [], context: { checkoutId: found.wire.checkout.id } },
    expectedIncrease: order.totals?.total?.with(0n) ?? null,
  });
}

/** The funnel moved on, or it did not: a decline charges nothing, so another may be sent. */
async function inspect(
  session: Session,
  { orderKey, offerKey }: DeclineOffer,
  checkoutId: string,
): Promise<InspectResult> {
  const record = valueOf(await readOrder(session, orderKey));
  if (record === null) return { state: 'unclear', problem: null };
  if (record.wire.checkout.currentUpsell?.id === offerKey) return { state: 'no_trace' };
  await remember(session, checkoutId, offerKey);
  return { state: 'applied', result: { orderKey } };
}

function remember({ declined, clock }: Session, checkoutId: string, upsellId: string): Promise<void> {
  return declined.add(checkoutId, upsellId, new Date(clock().getTime() + KEEP_MS));
}
