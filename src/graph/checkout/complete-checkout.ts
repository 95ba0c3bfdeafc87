import { failed } from '../../domain/lookup.js';
import { problemOf, type ProviderProblem } from '../../domain/problem.js';
import type { CheckoutCompleter } from '../../domain/provider.js';
import { capabilityMissing, notFound, providerFailed, type Refusal, type RetryAdvice } from '../../domain/refusal.js';
import type { GraphContext } from '../context.js';
import { capabilityOf } from '../provider-account/capability-of.js';
import type { CompleteCheckoutInput, CompleteCheckoutPayload } from './complete-checkout.type.js';

/** Completes the checkout of a validated input. Refuses another shopper's checkout like a missing one. */
export async function completeCheckout(
  { sources }: GraphContext,
  { accountKey: account, providerCheckoutId, paymentFields }: CompleteCheckoutInput,
): Promise<CompleteCheckoutPayload> {
  const opened = sources.openForWrite(account);
  if (!opened) return refused(notFound(['accountKey'], 'provider account'));
  const { checkout } = opened.source;
  if (!checkout) return refused(capabilityMissing(capabilityOf(opened.connected, 'POST_PURCHASE_ORDERS')));
  const order = await complete(checkout, providerCheckoutId, paymentFields);
  sources.invalidate(account);
  if (order.refusal) return refused(order.refusal);
  if (order.state === 'failed') return refused(providerFailed(order.problem, retryAfter(order.problem)));
  return order.state === 'found'
    ? { order: order.value, errors: [] }
    : refused(notFound(['providerCheckoutId'], 'checkout'));
}

async function complete(
  checkout: CheckoutCompleter,
  checkoutId: string,
  paymentFields: unknown,
): ReturnType<CheckoutCompleter['complete']> {
  try {
    return await checkout.complete(checkoutId, paymentFields);
  } catch (error) {
    return failed(problemOf(error));
  }
}

/** Advises a retry only for a request that was never sent, because any other may have been paid. */
function retryAfter({ notSent }: ProviderProblem): RetryAdvice {
  return notSent === undefined ? 'NEVER' : 'SAME_KEY';
}

function refused(refusal: Refusal): CompleteCheckoutPayload {
  return { order: null, errors: [refusal] };
}
