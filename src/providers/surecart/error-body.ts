import { type JsonObject, isJsonObject, optionalText } from '../kit/decode.js';
import { readJson } from '../kit/json.js';

/** One thing an error complains about: https://developer.surecart.com/api-reference/errors */
export interface Complaint {
  /** `<object>.<attribute path>.<type>`. */
  readonly code: string;
  readonly type: string;
  readonly attribute: string;
  readonly options: JsonObject;
}

/** All complaints of an error body, the nested ones first: they say what the outer one only sums up. */
export function complaintsIn(body: string): readonly Complaint[] {
  const json = readJson(body);
  if (!json.ok || !isJsonObject(json.value)) return [];
  // A list for validation errors, `{}` or nothing for others.
  const nested = json.value['validation_errors'];
  return [...(Array.isArray(nested) ? nested : []), json.value].flatMap(toComplaint);
}

function toComplaint(value: unknown): readonly Complaint[] {
  if (!isJsonObject(value)) return [];
  const { options } = value;
  const complaint = {
    code: optionalText(value, 'code') ?? '',
    type: optionalText(value, 'type') ?? '',
    attribute: optionalText(value, 'attribute') ?? '',
    options: isJsonObject(options) ? options : {},
  };
  return complaint.code === '' && complaint.type === '' ? [] : [complaint];
}
