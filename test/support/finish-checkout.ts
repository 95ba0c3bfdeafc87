import type { Order } from '../../src/domain/order.js';
import type { DataSource } from '../../src/domain/provider.js';
import { valueOf } from './provider-harness.js';
import { sendSteps } from './write-steps.js';

/** Finishes a checkout as the write protocol does, and answers with its order. Throws when there is none. */
export async function finishCheckout(
  open: () => DataSource,
  checkoutId: string,
  paymentFields: unknown,
): Promise<Order> {
  const writer = () => {
    const { checkout } = open();
    if (!checkout) throw new Error('the data source completes no checkouts');
    return checkout;
  };
  const request = { kind: 'COMPLETE_CHECKOUT', checkoutId, paymentFields } as const;
  const { progress } = await sendSteps(writer, request);
  return valueOf((await writer().look(request, progress)).order);
}
