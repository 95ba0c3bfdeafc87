/**
 * Calls this provider makes, and whether Ordergroove permits them for a shopper who is recognised but not logged in.
 * From the authentication box of each page of https://developer.ordergroove.com/reference
 */
const permittedToRecognised = {
  listOrders: true,
  retrieveOrder: true,
  addItem: true,
  deleteItem: true,
  retrieveSubscription: true,
  listItems: false,
  retrieveItem: false,
  changeItemQuantity: false,
  listSubscriptions: false,
  createSubscriptionFromItem: false,
  createSubscriptionOnOrder: false,
  /** The catalogue shows nothing of a shopper: the merchant's own key may read it, a recognised shopper's may not. */
  listProducts: 'application',
} as const;

export type Endpoint = keyof typeof permittedToRecognised;

export function isPermittedToRecognised(endpoint: Endpoint, scope: 'application' | 'storefront'): boolean {
  const permitted = permittedToRecognised[endpoint];
  return permitted === true || permitted === scope;
}
