import { nowOf, type SureCartContext } from './context.js';
import { invalidRequest } from './refusals.js';
import { relations } from './relations.js';
import type { AnyRecord } from './store.js';

export type Payload = Record<string, unknown>;

/** What a request asks to be expanded: attributes of the root, and `type.attribute` for every object of that type. */
export interface Expansion {
  readonly ofRoot: ReadonlySet<string>;
  readonly ofType: ReadonlySet<string>;
}

export function readExpansion({ switches }: SureCartContext, query: URLSearchParams): Expansion {
  const entries = query.getAll('expand[]');
  if (switches.get('unknownExpand') === 'refuse') {
    const attributes = new Set(Object.values(relations).flatMap((each) => Object.keys(each)));
    const unknown = entries.find((entry) => !attributes.has(entry.split('.')[1] ?? entry));
    if (unknown !== undefined) throw invalidRequest('expand.invalid', `Cannot expand ${unknown}.`);
  }
  return {
    ofRoot: new Set(entries.filter((entry) => !entry.includes('.'))),
    ofType: new Set(entries.filter((entry) => entry.includes('.'))),
  };
}

/** Renders the record as it is sent. Objects on the way to an object are not opened inside it again. */
export function render(context: SureCartContext, record: AnyRecord, expansion: Expansion): Payload {
  return renderNested(context, record, expansion, []);
}

function renderNested(
  context: SureCartContext,
  record: AnyRecord,
  expansion: Expansion,
  path: readonly string[],
): Payload {
  const { store } = context;
  const payload: Payload = Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'hidden'));
  adjust(context, record, payload);
  const inside = [...path, record.id];
  const open = (row: AnyRecord) => renderNested(context, row, expansion, inside);
  for (const [attribute, relation] of Object.entries(relations[record.object] ?? {})) {
    const isAsked =
      expansion.ofType.has(`${record.object}.${attribute}`) || (path.length === 0 && expansion.ofRoot.has(attribute));
    if (!isAsked) continue;
    if ('many' in relation) {
      payload[attribute] = innerList(context, `/v1/${attribute}`, relation.many(context, record.id).map(open));
      continue;
    }
    const id = payload[attribute];
    if (typeof id !== 'string' || inside.includes(id)) continue;
    const target = store.tables[relation.one].get(id);
    if (target) payload[attribute] = open(target);
  }
  return payload;
}

/** Adjusts what looks different by the clock. */
function adjust(context: SureCartContext, record: AnyRecord, payload: Payload): void {
  if (record.object !== 'checkout' || context.switches.get('currentUpsellAfterExpiry') === 'kept') return;
  const { upsells_expire_at: expiresAt } = record;
  if (expiresAt !== null && nowOf(context) >= expiresAt) payload['current_upsell'] = null;
}

function innerList({ switches }: SureCartContext, url: string, rows: readonly Payload[]): Payload {
  const limit = switches.get('innerPageSize');
  return {
    object: 'list',
    pagination: { count: rows.length, limit, page: 1, url },
    data: rows.slice(0, limit),
  };
}
