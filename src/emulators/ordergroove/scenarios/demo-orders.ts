/** Ids in the scenario `sandbox` that example queries may name. All are the demo shopper's. */
export const demoOrders = {
  /** Upcoming and open for upsell. */
  next: '1d8e5a70c3f94b6e9a2d7c41f0b35e01',
  later: '1d8e5a70c3f94b6e9a2d7c41f0b35e02',
  shipping: '1d8e5a70c3f94b6e9a2d7c41f0b35e03',
  /** Upcoming, but not for upsell. */
  locked: '1d8e5a70c3f94b6e9a2d7c41f0b35e04',
  prepaid: '1d8e5a70c3f94b6e9a2d7c41f0b35e05',
  emptied: '1d8e5a70c3f94b6e9a2d7c41f0b35e06',
  /** Not upcoming any more. */
  placed: '1d8e5a70c3f94b6e9a2d7c41f0b35e07',
  processing: '1d8e5a70c3f94b6e9a2d7c41f0b35e08',
  cancelled: '1d8e5a70c3f94b6e9a2d7c41f0b35e09',
  rejected: '1d8e5a70c3f94b6e9a2d7c41f0b35e0a',
  retrying: '1d8e5a70c3f94b6e9a2d7c41f0b35e0b',
  merged: '1d8e5a70c3f94b6e9a2d7c41f0b35e0c',
  /** A one-time item on `next`. */
  oneTimeItem: '7b24c9e6d1a84f03b58e0f6a93c2d701',
  /** A one-time item on `later`. */
  laterOneTimeItem: '7b24c9e6d1a84f03b58e0f6a93c2d702',
  /** The coffee subscription whose item is on `next`. */
  subscription: '9e3f61b0a7d24c58b1c6f4e8025d7301',
} as const;
