export const capabilityKeys = [
  'UPCOMING_ORDERS',
  'POST_PURCHASE_ORDERS',
  'ADD_ONE_TIME_ITEM',
  'ADD_AS_SUBSCRIPTION',
  'CONVERT_TO_SUBSCRIPTION',
  'REMOVE_ITEM',
  'CHANGE_QUANTITY',
  'PREVIEW',
  'ELIGIBILITY_REASONS',
  'TIME_WINDOW',
  'OFFER_FUNNEL',
  'TARGET_PINNING',
  'REVERT_ON_PAYMENT_FAILURE',
  'BATCH_READ',
  'WEBHOOKS',
] as const;

export type CapabilityKey = (typeof capabilityKeys)[number];

/** COMPOSED: built by this layer from several calls, with the weaker guarantee stated in the note. */
export type CapabilitySupport = 'NATIVE' | 'PARTIAL' | 'COMPOSED' | 'UNSUPPORTED';

/** One row of the capability matrix. */
export interface Capability {
  readonly key: CapabilityKey;
  readonly support: CapabilitySupport;
  /** States the limitation in one sentence. */
  readonly note: string | null;
}

/** Support of every capability: a provider that omits one does not compile. */
export type CapabilityMatrix = Readonly<Record<CapabilityKey, Omit<Capability, 'key'>>>;

export function listCapabilities(matrix: CapabilityMatrix): readonly Capability[] {
  return capabilityKeys.map((key) => ({ key, ...matrix[key] }));
}
