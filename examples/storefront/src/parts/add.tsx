import { useState } from 'react';
import { useDecision } from 'upsell-graph-client/react';
import { useClient } from 'urql';
import type { Good } from '../catalogue';
import { money, rhythm } from '../format';
import { useFragment } from '../graphql';
import {
  AddDocument,
  MoneyPartsFragmentDoc,
  type PreviewAddingQuery,
  PreviewAddingDocument,
  ProblemPartsFragmentDoc,
} from '../graphql/graphql';
import { Outcome } from './outcome';
import { Picture } from './picture';

type Preview = NonNullable<NonNullable<PreviewAddingQuery['upsellPreview']>['preview']>;

const WHEN: Readonly<Record<string, string>> = {
  IMMEDIATELY: 'Paid now, with the card you just used.',
  AUTHORISED_NOW: 'Reserved now, paid when it ships.',
  WITH_UPCOMING_ORDER: 'Paid with your delivery, not before.',
};

/** After this long the shopper is told that it takes longer, and how it ends comes by the stream. */
export const PATIENCE_MS = 3_000;

export type AddedItem =
  | { readonly offerId: string }
  | { readonly providerProduct: { readonly providerId: string; readonly handle?: string } };

/** Adds a product after showing what it costs: the write is bound to the price that was shown. */
export function Add({
  orderId,
  item,
  good,
  label,
  isOpen,
  children,
}: {
  readonly orderId: string;
  readonly item: AddedItem;
  readonly good: Pick<Good, 'title' | 'note'>;
  readonly label: string;
  /** Whether the order takes it: what became of a decision is said after that as well. */
  readonly isOpen: boolean;
  readonly children?: React.ReactNode;
}) {
  const urql = useClient();
  const [shown, setShown] = useState<Preview | 'asking' | { readonly refusal: string } | null>(null);
  const add = useDecision(`${orderId}:add:${JSON.stringify(item)}`, AddDocument);

  async function look() {
    setShown('asking');
    const { data } = await urql.query(PreviewAddingDocument, { input: { orderId, item } }).toPromise();
    const { preview, errors = [] } = data?.upsellPreview ?? {};
    const [problem] = errors.map((error) => useFragment(ProblemPartsFragmentDoc, error));
    setShown(preview ?? { refusal: problem?.shopperMessage ?? 'The price cannot be shown at the moment.' });
  }

  async function take(preview: Preview) {
    const result = await add.decide({ orderId, item, guards: { previewId: preview.id }, answerWithin: PATIENCE_MS });
    // Whatever came of it, the price is shown anew before the next decision.
    if (result.status !== 'busy') setShown(null);
  }

  return (
    <li className="good">
      <Picture title={good.title} />
      <div className="what">
        <strong>{good.title}</strong>
        <span className="hint">{good.note}</span>
        {children}
      </div>
      {isOpen && (shown === null || shown === 'asking' || 'refusal' in shown) && (
        <button type="button" disabled={add.isPending || shown === 'asking'} onClick={() => void look()}>
          {label}
          <span className="unseen"> {good.title}</span>
        </button>
      )}
      {shown !== null && shown !== 'asking' && 'refusal' in shown && (
        <p className="outcome tone-bad" role="status">
          {shown.refusal}
        </p>
      )}
      {isOpen && shown !== null && shown !== 'asking' && 'charge' in shown && (
        <Offered
          preview={shown}
          isBusy={add.isPending}
          onTake={() => void take(shown)}
          onLeave={() => setShown(null)}
        />
      )}
      {add.state.status !== 'idle' && (
        <Outcome state={add.state} done={`${good.title} is on its way with this order.`} />
      )}
    </li>
  );
}

function Offered({
  preview,
  isBusy,
  onTake,
  onLeave,
}: {
  readonly preview: Preview;
  readonly isBusy: boolean;
  readonly onTake: () => void;
  readonly onLeave: () => void;
}) {
  const increase = useFragment(MoneyPartsFragmentDoc, preview.charge.increase ?? preview.lineTotal);
  const after = useFragment(MoneyPartsFragmentDoc, preview.orderTotalAfter);
  const every = rhythm(preview.terms?.deliveryFrequency);
  return (
    <div className="preview">
      <p>
        <b>{money(increase)}</b>
        {every && ` ${every}`}
        {preview.fidelity === 'ESTIMATED' && <span className="hint"> about, before tax</span>}
        <br />
        <span className="hint">
          {WHEN[preview.charge.timing] ?? 'The shop does not say when it is paid.'}{' '}
          {after && `New total ${money(after)}.`}
        </span>
      </p>
      <button type="button" className="main" disabled={isBusy} onClick={onTake}>
        Add for {money(increase)}
      </button>
      <button type="button" className="quiet" disabled={isBusy} onClick={onLeave}>
        Not now
      </button>
    </div>
  );
}
