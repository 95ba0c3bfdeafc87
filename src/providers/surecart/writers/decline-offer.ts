import { reason } from '../../../domain/eligibility.js';
import { valueOf } from '../../../domain/lookup.js';
import { notEligible, notFound } from '../../../domain/refusal.js';
import type { DeclineOffer, Preparation, Writer } from '../../../domain/write.js';
import { type Infer, record, text } from '../../kit/decode.js';
import { ready, refused } from '../../kit/preparation.js';
import { toProductRef } from '../../kit/references.js';
import { decodeAnswer, toSendResult } from '../../kit/send-result.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { toOrder } from '../mapping.js';
import { chosenOffer } from '../offer-choice.js';
import { readOrder, type Session } from '../session.js';
import { lookAt, NOT_OFFERED, offerFact, viewRecord } from './order-view.js';
import { isDocumented, refusalIn } from './refusals.js';

const STEP = 'decline_offer';

export function createDeclineOfferWriter(session: Session): Writer<DeclineOffer> {
  return withStoredContext(decodeDeclineContext, {
    prepare: (request) => prepare(session, request),

    async send(_step, { offerKey }, { context }) {
      const { checkoutId } = context;
      const result = await session.client.declineUpsell(checkoutId, offerKey);
      const sent = toSendResult(result, {
        confirm() {
          decodeAnswer(result, decodeDeclined);
          return {};
        },
        refuse: (problem) => refusalIn(result, problem),
        isDocumented,
      });
      // A funnel that ends with this offer goes on naming it: only the answer says that it was declined.
      if (sent.outcome === 'confirmed') await session.memory.noteDeclined(checkoutId, offerKey);
      return sent;
    },

    async look({ orderKey, offerKey }) {
      const view = await lookAt(session, orderKey, 'none');
      const fact = offerFact(offerKey);
      const isShown = view.facts[fact] !== undefined || view.order.state !== 'found';
      return isShown ? view : { ...view, facts: { ...view.facts, [fact]: NOT_OFFERED } };
    },

    remember: ({ offerKey }, { context }) => session.memory.noteDeclined(context.checkoutId, offerKey),
  });
}

/** Decodes the checkout that is answered with. A page of whatever stands in between has declined nothing. */
const decodeDeclined = record('a checkout', (fields) => ({ id: text(fields, 'id') }));

const decodeDeclineContext = record('the context of a write', (fields) => ({ checkoutId: text(fields, 'checkoutId') }));

type DeclineContext = Infer<typeof decodeDeclineContext>;

async function prepare(session: Session, { orderKey, offerKey }: DeclineOffer): Promise<Preparation<DeclineContext>> {
  const read = await readOrder(session, orderKey);
  const found = valueOf(read);
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
    steps: [{ name: STEP, expects: [{ kind: 'fact', name: offerFact(offerKey), value: NOT_OFFERED }] }],
    before: await viewRecord(session, read, 'none'),
    context: { checkoutId: found.wire.checkout.id },
    expectedIncrease: order.totals?.total?.with(0n) ?? null,
  });
}
