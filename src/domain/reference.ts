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

/** The opaque text clients hold. */
export type GlobalId = string;

/** Points to one record of one provider account. */
export interface EntityRef<T extends EntityType = EntityType> {
  readonly type: T;
  /** Key of the provider account; empty for records that belong to none (operations, customers, previews). */
  readonly account: string;
  /** What its owner needs to find the record again: the provider's identifier, or several of them joined by the provider's own rule. */
  readonly key: string;
}

/** Keys are bounded so that a forged ID stays cheap to refuse. */
const MAX_ID_LENGTH = 4096;

/** Long lists have several in each line: they are encoded in one place, not in a buffer of their own each. */
const encoding = Buffer.allocUnsafe(1024);
const MAX_BYTES_OF_UNIT = 3;

/** Account keys hold no colon, hence the key may. */
export function toGlobalId({ type, account, key }: EntityRef): GlobalId {
  const text = `${type}:${account}:${key}`;
  if (text.length * MAX_BYTES_OF_UNIT > encoding.length) return Buffer.from(text, 'utf8').toString('base64url');
  return encoding.toString('base64url', 0, encoding.write(text, 'utf8'));
}

/** Null for anything `toGlobalId` did not make: only the canonical spelling of an ID is one. */
export function fromGlobalId(id: GlobalId): EntityRef | null {
  if (id.length > MAX_ID_LENGTH) return null;
  // No identifier holds a control character, and PostgreSQL takes no text with a zero one.
  const match = /^([A-Za-z]+):([a-z0-9-]*):([^\p{Cc}]+)$/u.exec(Buffer.from(id, 'base64url').toString('utf8'));
  const type = entityTypes.find((name) => name === match?.[1]);
  if (!match || !type) return null;
  const ref: EntityRef = { type, account: match[2] ?? '', key: match[3] ?? '' };
  return toGlobalId(ref) === id ? ref : null;
}

/** The reference behind an ID when it is of the wanted type. */
export function refOfType<T extends EntityType>(id: GlobalId, type: T): EntityRef<T> | null {
  const ref = fromGlobalId(id);
  return ref?.type === type ? { type, account: ref.account, key: ref.key } : null;
}
