export function gid(type: string, id: string): string {
  return `gid://shopify/${type}/${id}`;
}
