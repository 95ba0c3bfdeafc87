import { useCallback, useContext, useEffect, useState } from 'react';
import { useUpsell } from 'upsell-graph-client/react';
import { useClient, useSubscription } from 'urql';
import { CatalogueContext } from '../catalogue';
import { day, money } from '../format';
import { type FragmentType, useFragment } from '../graphql';
import { MoneyPartsFragmentDoc, OrderByIdDocument, OrderCardFragmentDoc, WatchOrderDocument } from '../graphql/graphql';
import { Goods } from './goods';
import { Countdown } from './countdown';
import { Line } from './line';
import { useRetry } from './retry';

type Card = FragmentType<typeof OrderCardFragmentDoc>;

/** An order as it is now: it is read again after each settled decision, and by a stream where it is the only one shown. */
export function Order({
  order: given,
  heading,
  isLive = false,
  children,
}: {
  readonly order: Card;
  readonly heading?: string;
  /** Shows what changes elsewhere. A page has one such stream: a browser opens six connections to a host. */
  readonly isLive?: boolean;
  readonly children?: React.ReactNode;
}) {
  const urql = useClient();
  const [read, setRead] = useState<Card | null>(null);
  const [{ data: live }] = useSubscription({
    query: WatchOrderDocument,
    variables: { id: useFragment(OrderCardFragmentDoc, given).id },
    pause: !isLive,
  });
  useEffect(() => {
    if (live?.orderUpdated) setRead(live.orderUpdated);
  }, [live]);
  const order = useFragment(OrderCardFragmentDoc, read ?? given);
  const total = useFragment(MoneyPartsFragmentDoc, order.totals?.total);
  const shipping = useFragment(MoneyPartsFragmentDoc, order.totals?.shipping);
  const [isStale, setIsStale] = useState(false);
  const refresh = useCallback(async () => {
    const { data, error } = await urql.query(OrderByIdDocument, { id: order.id }).toPromise();
    if (data?.order) setRead(data.order);
    setIsStale(error !== undefined && !data?.order);
  }, [urql, order.id]);
  const readAgain = useCallback(() => void refresh(), [refresh]);
  useRetry(isStale || order.lineItems === null, readAgain);
  const { open } = useUpsell(order.id, readAgain);
  const isOpen = order.window.state === 'OPEN' || order.window.state === 'CLOSING';
  const [wasOpen] = useState(isOpen);
  const [isListed, setIsListed] = useState(heading !== undefined);
  // What a reload left open is in view again.
  useEffect(() => {
    if (open.length > 0) setIsListed(true);
  }, [open.length]);
  const goods = useContext(CatalogueContext).get(order.account.key) ?? [];

  return (
    <article className="order" data-order={order.id} aria-labelledby={`title-${order.id}`}>
      <header>
        <div>
          <p className="shop">{order.account.label.replace(' sandbox', '')}</p>
          <h2 id={`title-${order.id}`}>{heading ?? day(order.scheduled)}</h2>
        </div>
        <Countdown window={order.window} onEnd={readAgain} />
      </header>
      {order.lineItems ? (
        <ul className="lines">
          {order.lineItems.nodes.map((line, index) => (
            <Line key={index} orderId={order.id} line={line} />
          ))}
          {order.lineItems.nodes.length === 0 && <li className="hint">Nothing in it yet.</li>}
        </ul>
      ) : (
        <p className="outcome tone-bad">The items cannot be shown at the moment.</p>
      )}
      <dl className="totals">
        {shipping && Number(shipping.amount) > 0 && (
          <div>
            <dt>Delivery</dt>
            <dd>{money(shipping)}</dd>
          </div>
        )}
        <div>
          <dt>{order.totals?.estimated ? 'Estimated total' : 'Total'}</dt>
          <dd>{money(total)}</dd>
        </div>
      </dl>
      {children}
      {wasOpen && goods.length > 0 && (
        <details className="more" open={isListed} onToggle={({ currentTarget }) => setIsListed(currentTarget.open)}>
          <summary>Add something to it</summary>
          <Goods orderId={order.id} goods={goods} isOpen={isOpen} isListed={isListed} />
        </details>
      )}
    </article>
  );
}
