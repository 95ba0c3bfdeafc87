import type { OrdergrooveEndpoints } from '../endpoints.js';
import { isTrue, matchesFlag, matchesText } from '../filters.js';
import { list, mapPage } from '../lists.js';
import { groupsOf, productPayload } from '../payloads.js';
import type { ProductRecord } from '../records.js';
import { notFound } from '../refusals.js';

/** Serves products. See https://developer.ordergroove.com/reference/products-list, /products-retrieve */
export function productReads(endpoints: OrdergrooveEndpoints): void {
  endpoints.read({ path: '/products/', access: 'storefront' }, (exchange) => {
    const page = list(exchange, {
      collection: exchange.context.store.products,
      customerOf: null,
      accepts: (product) => isListed(exchange.query, product) && isWanted(exchange.query, product),
    });
    return mapPage(page, productPayload);
  });

  endpoints.read({ path: '/products/:id/', access: 'storefront' }, ({ context, part }) => {
    const product = context.store.products.get(part('id'));
    if (!product) throw notFound();
    return productPayload(product);
  });

  endpoints.read({ path: '/products/:id/:groupType/:groupName', access: 'storefront' }, ({ context, part }) => {
    const product = context.store.products.get(part('id'));
    if (!product) throw notFound();
    const hasGroup = groupsOf(product).some(
      (group) => group.group_type === part('groupType') && group.name === part('groupName'),
    );
    return { product_has_group: hasGroup };
  });
}

/** Whether a list shows a product. Unless asked for, products off autoship and discontinued ones are left out. */
function isListed(query: URLSearchParams, product: ProductRecord): boolean {
  const autoship = query.get('autoship_enabled') ?? 'true';
  const discontinued = query.get('allow_discontinued') ?? 'false';
  return (
    (autoship === 'all' || product.autoship_enabled === isTrue(autoship)) &&
    (isTrue(discontinued) || product.discontinued === (discontinued === 'strict'))
  );
}

function isWanted(query: URLSearchParams, product: ProductRecord): boolean {
  const ids = query.getAll('external_product_ids[]');
  const idOrName = query.get('id_or_name');
  return (
    (ids.length === 0 || ids.includes(product.external_product_id)) &&
    (idOrName === null || product.external_product_id === idOrName || contains(product.name, idOrName)) &&
    matchesFlag(query, 'live', product.live) &&
    matchesText(query, 'product_type', product.product_type) &&
    matchesSearch(query, product) &&
    matchesGroup(query, product)
  );
}

function matchesSearch(query: URLSearchParams, product: ProductRecord): boolean {
  const text = query.get('search');
  if (text === null) return true;
  const fields = query.get('fields')?.split(',') ?? ['name', 'sku', 'external_product_id'];
  return Object.entries(product).some(([name, value]) => fields.includes(name) && contains(String(value), text));
}

function matchesGroup(query: URLSearchParams, product: ProductRecord): boolean {
  const [type, name] = [query.get('group_type'), query.get('group_name')];
  if (type === null && name === null) return true;
  return groupsOf(product).some(
    (group) => (type === null || group.group_type === type) && (name === null || group.name === name),
  );
}

function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}
