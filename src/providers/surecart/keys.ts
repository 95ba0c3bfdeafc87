const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text can be an identifier SureCart made. What it answers to others is not documented. */
export function isRecordId(text: string): boolean {
  return UUID.test(text);
}

/** Makes the key of a line, which is found through its order. */
export function toLineKey(orderId: string, lineId: string): string {
  return `${orderId}:${lineId}`;
}

export function readLineKey(key: string): { readonly orderId: string; readonly lineId: string } | null {
  const [orderId = '', lineId = '', ...rest] = key.split(':');
  return rest.length === 0 && isRecordId(orderId) && isRecordId(lineId) ? { orderId, lineId } : null;
}
