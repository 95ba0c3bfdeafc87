/** Record types that have a global ID. */
export const entityTypes = [
  'ProviderAccount',
  'Customer',
  'Product',
  'Order',
  'LineItem',
  'SubscriptionContract',
  'UpsellOffer',
  'UpsellPreview',
  'UpsellOperation',
] as const;

export type EntityType = (typeof entityTypes)[number];

/** Opaque identifier handed to clients. */
export type GlobalId = string;

/** Reference to one record of a provider account. */
export interface EntityRef<T extends EntityType = EntityType> {
  readonly type: T;
  /** Key of the provider account; empty for records that belong to none (operations, customers, previews). */
  readonly account: string;
  /** Key of the record at its owner: the provider's identifier, or several joined by the provider's own rule. */
  readonly key: string;
}

/** Bounds the length of IDs, so that a forged one is cheap to refuse. */
const MAX_ID_LENGTH = 4096;

/** Buffer shared by all encodings: long lists hold several IDs per line. */
const encoding = Buffer.allocUnsafe(1024);
const MAX_BYTES_OF_UNIT = 3;

/** Encodes a reference. Account keys hold no colon, so the record key may. */
export function toGlobalId({ type, account, key }: EntityRef): GlobalId {
  const text = `${type}:${account}:${key}`;
  if (text.length * MAX_BYTES_OF_UNIT > encoding.length) return Buffer.from(text, 'utf8').toString('base64url');
  return encoding.toString('base64url', 0, encoding.write(text, 'utf8'));
}

/** Decodes an ID. Returns null for anything but the canonical encoding of a reference. */
export function fromGlobalId(id: GlobalId): EntityRef | null {
  if (id.length > MAX_ID_LENGTH) return null;
  // No identifier holds a control character, and PostgreSQL takes no text with a zero one.
  const match = /^([A-Za-z]+):([a-z0-9-]*):([^\p{Cc}]+)$/u.exec(Buffer.from(id, 'base64url').toString('utf8'));
  const type = entityTypes.find((name) => name === match?.[1]);
  if (!match || !type) return null;
  const ref: EntityRef = { type, account: match[2] ?? '', key: match[3] ?? '' };
  return toGlobalId(ref) === id ? ref : null;
}

/** Decodes an ID of the given type; null for any other. */
export function refOfType<T extends EntityType>(id: GlobalId, type: T): EntityRef<T> | null {
  const ref = fromGlobalId(id);
  return ref?.type === type ? { type, account: ref.account, key: ref.key } : null;
}
