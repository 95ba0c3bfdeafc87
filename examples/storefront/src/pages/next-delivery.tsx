import { useQuery } from 'urql';
import { NextDeliveriesDocument } from '../graphql/graphql';
import { Order } from '../parts/order';
import { useRetry } from '../parts/retry';
import { Waiting } from '../parts/waiting';

export function NextDelivery() {
  const [{ data, error, fetching }, ask] = useQuery({ query: NextDeliveriesDocument });
  const list = data?.upcomingOrders;
  const missing = (list?.sources ?? []).filter(({ state }) => !['OK', 'NOT_APPLICABLE'].includes(state));
  useRetry(missing.length > 0 || (error !== undefined && !list), ask);
  return (
    <>
      <h1>Your next deliveries</h1>
      <p className="lead">Add something until the box is packed. You pay for it with the delivery.</p>
      {missing.map(({ account }) => (
        <p key={account.id} className="banner" role="alert">
          We cannot reach {account.label.replace(' sandbox', '')}. Its deliveries are missing here; they have not been
          cancelled.
          <button type="button" className="quiet" onClick={() => ask()}>
            Ask again
          </button>
        </p>
      ))}
      {!list && fetching && <Waiting />}
      {!list && error && (
        <p className="banner" role="alert">
          Your deliveries cannot be shown at the moment.
          <button type="button" className="quiet" onClick={() => ask()}>
            Ask again
          </button>
        </p>
      )}
      {list?.nodes.map((order) => (
        <Order key={order.id} order={order} />
      ))}
      {list?.nodes.length === 0 && missing.length === 0 && <p className="lead">Nothing is on its way.</p>}
    </>
  );
}
