import { useContext } from 'react';
import { useDecision } from 'upsell-graph-client/react';
import { CatalogueContext, titleOf } from '../catalogue';
import { money, rhythm } from '../format';
import { type FragmentType, useFragment } from '../graphql';
import {
  ChangeQuantityDocument,
  ConvertDocument,
  LinePartsFragmentDoc,
  MoneyPartsFragmentDoc,
  RemoveDocument,
} from '../graphql/graphql';
import { Outcome } from './outcome';
import { Picture } from './picture';

/** A line of an order, with what the shopper may do to it. */
export function Line({
  orderId,
  line: masked,
}: {
  readonly orderId: string;
  readonly line: FragmentType<typeof LinePartsFragmentDoc>;
}) {
  const line = useFragment(LinePartsFragmentDoc, masked);
  const catalogue = useContext(CatalogueContext);
  const total = useFragment(MoneyPartsFragmentDoc, line.total);
  const name = line.title ?? line.product.title ?? titleOf(line.product.providerId, catalogue);
  const change = useDecision(`${orderId}:change:${line.id}`, ChangeQuantityDocument);
  const remove = useDecision(`${orderId}:remove:${line.id}`, RemoveDocument);
  const convert = useDecision(`${orderId}:convert:${line.id}`, ConvertDocument);
  const isBusy = change.isPending || remove.isPending || convert.isPending;
  const mayChange = line.removal.verdict === 'ELIGIBLE';
  const setQuantity = (quantity: number) => void change.decide({ lineItemId: line.id, quantity });
  const mayConvert = ['ELIGIBLE', 'CONDITIONAL'].includes(line.conversion.verdict);
  const every = rhythm(line.terms?.deliveryFrequency) ?? (line.purchaseMode === 'ONE_TIME' ? 'just this once' : null);

  return (
    <li className="line" data-line={line.id}>
      <Picture title={name} url={line.imageUrl ?? line.product.imageUrl} />
      <div className="what">
        <strong>{name}</strong>
        <span className="hint">
          {[mayChange ? null : `${line.quantity} ×`, line.variantTitle, every].filter(Boolean).join(' · ')}
        </span>
      </div>
      <span className="price">{money(total)}</span>
      {(mayChange || mayConvert) && (
        <div className="tools">
          {mayChange && (
            <span className="stepper" role="group" aria-label={`Quantity of ${name}`}>
              <button
                type="button"
                disabled={isBusy || line.quantity < 2}
                onClick={() => setQuantity(line.quantity - 1)}
                aria-label={`One ${name} less`}
              >
                −
              </button>
              <output>{line.quantity}</output>
              <button
                type="button"
                disabled={isBusy}
                onClick={() => setQuantity(line.quantity + 1)}
                aria-label={`One more ${name}`}
              >
                +
              </button>
            </span>
          )}
          {mayConvert && (
            <button
              type="button"
              className="quiet"
              disabled={isBusy}
              onClick={() =>
                void convert.decide({ lineItemId: line.id, subscribe: { frequency: { every: 1, unit: 'MONTH' } } })
              }
            >
              Get it every month<span className="unseen">: {name}</span>
            </button>
          )}
          {mayChange && (
            <button
              type="button"
              className="quiet"
              disabled={isBusy}
              onClick={() => void remove.decide({ lineItemId: line.id })}
            >
              Remove<span className="unseen"> {name}</span>
            </button>
          )}
        </div>
      )}
      {change.state.status !== 'idle' && <Outcome state={change.state} done="Changed." />}
      {remove.state.status !== 'idle' && <Outcome state={remove.state} done="Removed." />}
      {convert.state.status !== 'idle' && (
        <Outcome state={convert.state} done="It comes with every delivery from now on." />
      )}
    </li>
  );
}
