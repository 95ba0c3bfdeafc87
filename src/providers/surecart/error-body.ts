import { type Fields, isFields, optionalText } from '../../http/decode.js';
import { readJson } from '../../http/json.js';

/** One thing an error complains about: https://developer.surecart.com/api-reference/errors */
export interface Complaint {
  /** `<object>.<attribute path>.<type>`. */
  readonly code: string;
  readonly type: string;
  readonly attribute: string;
  readonly options: Fields;
}

/** All complaints of an error body, the nested ones first: they say what the outer one only sums up. */
export function complaintsIn(body: string): readonly Complaint[] {
  const json = readJson(body);
  if (!json.ok || !isFields(json.value)) return [];
  // A list for validation errors, `{}` or nothing for others.
  const nested = json.value['validation_errors'];
  return [...(Array.isArray(nested) ? nested : []), json.value].flatMap(toComplaint);
}

function toComplaint(value: unknown): readonly Complaint[] {
  if (!isFields(value)) return [];
  const { options } = value;
  const complaint = {
    code: optionalText(value, 'code') ?? '',
    type: optionalText(value, 'type') ?? '',
    attribute: optionalText(value, 'attribute') ?? '',
    options: isFields(options) ? options : {},
  };
  return complaint.code === '' && complaint.type === '' ? [] : [complaint];
}
