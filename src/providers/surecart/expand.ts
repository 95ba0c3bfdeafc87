import { isJsonObject, type JsonObject, optionalText } from '../kit/decode.js';

/** What may be inside of another object. */
export type ObjectKind =
  'order' | 'checkout' | 'line_item' | 'subscription' | 'upsell' | 'price' | 'product' | 'period';

/** What each kind holds by a field: any of it may come as an object or as a bare identifier, whatever was asked for. */
const contents: Readonly<Record<ObjectKind, Readonly<Record<string, ObjectKind>>>> = {
  order: { checkout: 'checkout' },
  checkout: { current_upsell: 'upsell', line_items: 'line_item', subscriptions: 'subscription' },
  line_item: { price: 'price' },
  subscription: { price: 'price', current_period: 'period' },
  upsell: { price: 'price' },
  price: { product: 'product' },
  product: {},
  period: {},
};

/** Holders before what they hold, so that one call for each kind is enough. */
const order: readonly ObjectKind[] = ['checkout', 'line_item', 'subscription', 'upsell', 'price', 'product', 'period'];

/**
 * Puts objects in place of bare identifiers, by one read of all identifiers of a kind. An identifier that its own list
 * does not have stays: there is no such object.
 */
export async function openBareIds(
  kind: ObjectKind,
  rows: readonly unknown[],
  readMany: (kind: ObjectKind, ids: readonly string[]) => Promise<readonly unknown[]>,
): Promise<readonly unknown[]> {
  let opened = rows;
  for (const wanted of order) {
    const ids = new Set<string>();
    visit(kind, opened, wanted, (id) => {
      ids.add(id);
      return id;
    });
    if (ids.size === 0) continue;
    const byId = new Map<string, unknown>();
    for (const row of await readMany(wanted, [...ids])) {
      const id = isJsonObject(row) ? optionalText(row, 'id') : null;
      if (id !== null) byId.set(id, row);
    }
    opened = visit(kind, opened, wanted, (id) => byId.get(id) ?? id);
  }
  return opened;
}

/** Copies rows, with every bare identifier of the wanted kind replaced. */
function visit(
  kind: ObjectKind,
  rows: readonly unknown[],
  wanted: ObjectKind,
  replace: (id: string) => unknown,
): readonly unknown[] {
  return rows.map((row) => (isJsonObject(row) ? visitFields(kind, row, wanted, replace) : row));
}

function visitFields(
  kind: ObjectKind,
  fields: JsonObject,
  wanted: ObjectKind,
  replace: (id: string) => unknown,
): JsonObject {
  const changed: Record<string, unknown> = {};
  for (const [name, held] of Object.entries(contents[kind])) {
    if (fields[name] !== undefined && fields[name] !== null)
      changed[name] = visitValue(held, fields[name], wanted, replace);
  }
  return { ...fields, ...changed };
}

function visitValue(kind: ObjectKind, value: unknown, wanted: ObjectKind, replace: (id: string) => unknown): unknown {
  if (typeof value === 'string') return kind === wanted && value !== '' ? replace(value) : value;
  if (Array.isArray(value)) return value.map((each) => visitValue(kind, each, wanted, replace));
  if (!isJsonObject(value)) return value;
  const { data } = value;
  return Array.isArray(data)
    ? { ...value, data: data.map((each) => visitValue(kind, each, wanted, replace)) }
    : visitFields(kind, value, wanted, replace);
}
