import { caller } from '../../emulators/calls.js';

/** Makes a basket whose shopper has just come back from the payment page; the ID of its selection. */
export async function fillCheckout(emulatorUrl: string, customer: string): Promise<string> {
  const answer = await caller(emulatorUrl)('POST', '/__emulator/checkouts', { customer, items: ['1004-1'] });
  return answer.json.text('selection');
}
