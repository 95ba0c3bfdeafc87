import type { UpsellPreview } from '../../domain/preview.js';
import { problemOf } from '../../domain/problem.js';
import { capabilityMissing, notEligible, providerFailed, type Refusal } from '../../domain/refusal.js';
import type { GlobalId } from '../../domain/reference.js';
import type { AddItem } from '../../domain/write.js';
import type { GraphContext } from '../context.js';
import { ProviderReadError } from '../errors/provider-error.js';
import { decodeId } from '../input/decode-id.js';
import { checkItem } from '../input/check-item.js';
import { toItemChoice } from '../input/item-choice.js';
import { capabilityOf } from '../provider-account/capability-of.js';
import { toRequestedFrequency } from '../subscription/subscribe-input.type.js';
import { toPreviewId } from './preview-id.js';
import type { UpsellPreviewInput } from './upsell-preview-input.type.js';

/** A preview to which a write can be bound. */
export interface BindablePreview extends UpsellPreview {
  readonly id: GlobalId;
  readonly expiresAt: Date;
}

/** Validity of a preview. */
const PREVIEW_MS = 10 * 60_000;

/** Previews a validated input; null when the actor has no such order. */
export async function previewUpsell(
  context: GraphContext,
  input: UpsellPreviewInput,
): Promise<BindablePreview | Refusal | null> {
  const { account, key } = decodeId(input.orderId, 'Order');
  const opened = context.sources.get(account);
  if (!opened) return null;
  const [impossible] = checkItem(input.item, opened.connected);
  if (impossible) return impossible;
  const { preview: port } = opened.source;
  if (!port) return capabilityMissing(capabilityOf(opened.connected, 'PREVIEW'));
  try {
    if (!(await opened.loaders.order.load(key))) return null;
    const preview = await port.preview(toRequest(input, key));
    if (preview.state === 'failed') return providerFailed(preview.problem, 'SAME_KEY');
    return preview.state === 'found' ? bind(context, preview.value) : null;
  } catch (error) {
    if (error instanceof ProviderReadError) return providerFailed(error.problem, 'SAME_KEY');
    return providerFailed(problemOf(error), 'SAME_KEY');
  }
}

function bind({ clock }: GraphContext, preview: UpsellPreview): BindablePreview | Refusal {
  const { verdict, reasons } = preview.eligibility;
  if (verdict === 'INELIGIBLE') return notEligible(reasons);
  const expiresAt = new Date(clock().getTime() + PREVIEW_MS);
  return { ...preview, id: toPreviewId(preview, expiresAt), expiresAt };
}

function toRequest({ item, quantity, subscribe }: UpsellPreviewInput, orderKey: string): AddItem {
  return {
    kind: 'ADD_UPSELL_ITEM',
    orderKey,
    item: toItemChoice(item),
    quantity,
    subscribe: subscribe ? toRequestedFrequency(subscribe) : null,
    ifPresent: 'REJECT',
    ifTargetMoved: 'REJECT',
  };
}
