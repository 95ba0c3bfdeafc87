import { useMemo } from 'react';
import { useQuery } from 'urql';
import type { Good } from '../catalogue';
import { money, rhythm } from '../format';
import { useFragment } from '../graphql';
import { MayIAddDocument, MoneyPartsFragmentDoc, PreviewAddingDocument } from '../graphql/graphql';
import { Add, type AddedItem } from './add';
import { Picture } from './picture';

/** What the shop has for an order: what may be added, and why the rest may not. One question for all of it. */
export function Goods({
  orderId,
  goods,
  isOpen,
  isListed,
}: {
  readonly orderId: string;
  readonly goods: readonly Good[];
  readonly isOpen: boolean;
  /** Whether they are in view: prices are asked for then. */
  readonly isListed: boolean;
}) {
  const items = useMemo(
    () =>
      goods.map(({ providerId, handle, ...good }) => ({
        good,
        item: { providerProduct: { providerId, ...(handle && { handle }) } },
      })),
    [goods],
  );
  const inputs = useMemo(() => items.map(({ item }) => ({ orderId, item })), [orderId, items]);
  const [{ data }] = useQuery({ query: MayIAddDocument, variables: { inputs } });

  return (
    <ul className="goods">
      {items.map(({ good, item }, index) => {
        const answer = data?.upsellEligibility?.[index];
        if (answer?.verdict !== 'INELIGIBLE') {
          return (
            <Add key={good.title} orderId={orderId} item={item} good={good} label="Add" isOpen={isOpen}>
              {isListed && isOpen && <Price orderId={orderId} item={item} />}
            </Add>
          );
        }
        return (
          <li key={good.title} className="good">
            <Picture title={good.title} />
            <div className="what">
              <strong>{good.title}</strong>
              <span className="hint">{answer.reasons[0]?.message ?? 'Not for this order.'}</span>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** What one of them costs with this order, how often it comes and when it is paid. */
function Price({ orderId, item }: { readonly orderId: string; readonly item: AddedItem }) {
  const input = useMemo(() => ({ orderId, item }), [orderId, item]);
  const [{ data, fetching }] = useQuery({ query: PreviewAddingDocument, variables: { input } });
  const preview = data?.upsellPreview?.preview;
  const price = useFragment(MoneyPartsFragmentDoc, preview?.charge.increase ?? preview?.lineTotal);
  if (!preview) return <span className="hint">{fetching ? 'Asking the price …' : 'No price at the moment.'}</span>;
  const about = preview.fidelity === 'ESTIMATED' && 'before tax';
  const every = rhythm(preview.terms?.deliveryFrequency) ?? 'just this once';
  return (
    <span className="hint">
      <b className="price">{money(price)}</b> {[about, every].filter(Boolean).join(' · ')}
    </span>
  );
}
