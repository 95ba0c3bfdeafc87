import { useCallback, useEffect, useState } from 'react';
import { useDecision, useUpsell } from 'upsell-graph-client/react';
import { useQuery } from 'urql';
import { money, rhythm } from '../format';
import { type FragmentType, useFragment } from '../graphql';
import {
  CompleteCheckoutDocument,
  DeclineDocument,
  MoneyPartsFragmentDoc,
  OfferCardFragmentDoc,
  OrderOfOperationDocument,
  ThankYouDocument,
} from '../graphql/graphql';
import { Add, PATIENCE_MS } from '../parts/add';
import { Order } from '../parts/order';
import { Outcome } from '../parts/outcome';
import { useRetry } from '../parts/retry';
import { Waiting } from '../parts/waiting';

/** The page after a purchase. Its address names the account and the order, or the checkout that is still to be finished. */
export function ThankYou({
  account,
  order,
  checkout,
}: {
  readonly account: string;
  readonly order: string | null;
  readonly checkout: string | null;
}) {
  const [finished, setFinished] = useState(order);
  const onFinished = useCallback((providerId: string) => {
    const here = new URL(location.href);
    here.searchParams.set('order', providerId);
    here.searchParams.delete('checkout');
    history.replaceState(null, '', here);
    setFinished(providerId);
  }, []);
  return finished === null ? (
    <Finish account={account} checkout={checkout ?? ''} onFinished={onFinished} />
  ) : (
    <Purchase account={account} providerId={finished} />
  );
}

/** What the shopper finds who is back from the payment page. Paid once, however often it is pressed or loaded. */
function Finish({
  account,
  checkout,
  onFinished,
}: {
  readonly account: string;
  readonly checkout: string;
  readonly onFinished: (order: string) => void;
}) {
  const name = `payment:${account}:${checkout}`;
  useUpsell(name);
  const { state, isPending, decide } = useDecision(`${name}:finish`, CompleteCheckoutDocument);
  const finished = state.status === 'succeeded' ? state.operation?.id : undefined;
  const [{ data, error }, ask] = useQuery({
    query: OrderOfOperationDocument,
    variables: { id: finished ?? '' },
    pause: finished === undefined,
  });
  useRetry(error !== undefined, ask);
  const order = data?.operation?.order?.providerId;
  useEffect(() => {
    if (order !== undefined) onFinished(order);
  }, [order, onFinished]);
  const input = { accountKey: account, providerCheckoutId: checkout, paymentFields: { klarna_order: 'demo' } };
  return (
    <>
      <h1>Almost there</h1>
      <p className="lead">You are back from the payment page.</p>
      <button
        type="button"
        className="main"
        disabled={isPending || finished !== undefined}
        onClick={() => void decide({ ...input, answerWithin: PATIENCE_MS })}
      >
        Finish the purchase
      </button>
      {state.status !== 'idle' && <Outcome state={state} done="It is yours. Your order comes up …" />}
    </>
  );
}

function Purchase({ account, providerId }: { readonly account: string; readonly providerId: string }) {
  const [{ data, fetching, error }, ask] = useQuery({
    query: ThankYouDocument,
    variables: { accountKey: account, providerId },
  });
  const order = data?.orderByProviderId;
  useRetry(error !== undefined && !order, ask);
  if (!order) {
    if (fetching) return <Waiting />;
    return (
      <>
        <h1>Thank you</h1>
        <p className="banner" role="alert">
          {error
            ? 'Your purchase cannot be shown at the moment. It has not been cancelled.'
            : 'There is no such purchase.'}
        </p>
      </>
    );
  }
  const [offer] = order.offers ?? [];
  return (
    <>
      <h1>Thank you</h1>
      <p className="lead">Your order is in. One thing before it is packed?</p>
      <Order order={order} heading="Your purchase" isLive>
        {offer && <Offer key={offer.id} orderId={order.id} offer={offer} onGone={ask} />}
      </Order>
    </>
  );
}

function Offer({
  orderId,
  offer: masked,
  onGone,
}: {
  readonly orderId: string;
  readonly offer: FragmentType<typeof OfferCardFragmentDoc>;
  readonly onGone: () => void;
}) {
  const offer = useFragment(OfferCardFragmentDoc, masked);
  const price = useFragment(MoneyPartsFragmentDoc, offer.price);
  const before = useFragment(MoneyPartsFragmentDoc, offer.compareAtPrice);
  const decline = useDecision(`${orderId}:decline:${offer.id}`, DeclineDocument);
  const title = offer.product?.title ?? offer.title ?? 'An offer';
  const every = rhythm(offer.terms?.deliveryFrequency);
  const note = [price && money(price), every, before && `instead of ${money(before)}`].filter(Boolean).join(' ');
  return (
    <section className="offer" aria-label="An offer for you">
      <p className="shop">{offer.title ?? 'Only now'}</p>
      <ul className="goods">
        <Add orderId={orderId} item={{ offerId: offer.id }} good={{ title, note }} label="Yes, please" isOpen />
      </ul>
      <button
        type="button"
        className="quiet"
        disabled={decline.isPending}
        onClick={() => void decline.decide({ orderId, offerId: offer.id }).then(onGone)}
      >
        No, thank you
      </button>
      {decline.state.status !== 'idle' && decline.state.status !== 'succeeded' && (
        <Outcome state={decline.state} done="" />
      )}
    </section>
  );
}
