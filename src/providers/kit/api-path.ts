/** A path of a provider's API. The template has names where the path has identifiers, so it may be shown to anybody. */
export interface ApiPath {
  readonly path: string;
  readonly template: string;
}

type Variable = Readonly<Record<string, string>>;

/**
 * Builds a path and its template: `` apiPath`/orders/${{ order: '42' }}/items` `` is `/orders/42/items` with the
 * template `/orders/{order}/items`.
 */
export function apiPath([start = '', ...texts]: TemplateStringsArray, ...variables: readonly Variable[]): ApiPath {
  let path = start;
  let template = start;
  for (const [index, text] of texts.entries()) {
    for (const [name, value] of Object.entries(variables[index] ?? {})) {
      path += encodeURIComponent(value);
      template += `{${name}}`;
    }
    path += text;
    template += text;
  }
  return { path, template };
}

export function joinPaths(parent: ApiPath, child: ApiPath): ApiPath {
  return { path: parent.path + child.path, template: parent.template + child.template };
}
