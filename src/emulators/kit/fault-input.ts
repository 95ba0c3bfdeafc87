import {
  ControlInputError,
  httpStatus,
  knownKeysOnly,
  objectInput,
  optionalObject,
  optionalText,
  pattern,
  wholeNumber,
} from './control-input.js';
import type { FaultAction, FaultMatch, FaultSpecification } from './faults.js';
import type { JsonPatch } from './json-patch.js';

const KINDS = [
  'status',
  'applyThenStatus',
  'reset',
  'applyThenReset',
  'hang',
  'applyThenHang',
  'cutBody',
  'delay',
  'html',
  'patchBody',
] as const;

/** Reads one fault as posted to the control endpoint. */
export function faultInput(value: unknown): FaultSpecification {
  const input = objectInput(value, 'A fault');
  knownKeysOnly(input, ['id', 'match', 'times', 'skip', 'action'], 'A fault');
  const id = optionalText(input['id'], 'id');
  return {
    ...(id !== undefined && { id }),
    ...(input['match'] !== undefined && { match: matchInput(input['match']) }),
    ...(input['times'] !== undefined && { times: timesInput(input['times']) }),
    ...(input['skip'] !== undefined && { skip: wholeNumber(input['skip'], 'skip', 0) }),
    action: actionInput(input['action']),
  };
}

function timesInput(value: unknown): number | 'always' {
  return value === 'always' ? value : wholeNumber(value, 'times (unless it is "always")', 1);
}

function matchInput(value: unknown): FaultMatch {
  const input = objectInput(value, 'match');
  knownKeysOnly(input, ['method', 'path', 'query', 'body', 'headers'], 'match');
  const method = optionalText(input['method'], 'match.method');
  const path = pattern(input['path'], 'match.path');
  const query = pattern(input['query'], 'match.query');
  const body = optionalObject(input['body'], 'match.body');
  const headers = optionalObject(input['headers'], 'match.headers');
  return {
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path }),
    ...(query !== undefined && { query }),
    ...(body && { body }),
    ...(headers && { headers }),
  };
}

function actionInput(value: unknown): FaultAction {
  const input = objectInput(value, 'action');
  const kind = KINDS.find((each) => each === input['kind']);
  switch (kind) {
    case 'status':
    case 'applyThenStatus': {
      knownKeysOnly(input, ['kind', 'status', 'body', 'contentType'], 'action');
      const contentType = optionalText(input['contentType'], 'action.contentType');
      const status = httpStatus(input['status'], 'action.status');
      return {
        kind,
        status,
        ...(input['body'] !== undefined && { body: input['body'] }),
        ...(contentType !== undefined && { contentType }),
      };
    }
    case 'delay':
      knownKeysOnly(input, ['kind', 'milliseconds'], 'action');
      return { kind, milliseconds: wholeNumber(input['milliseconds'], 'action.milliseconds', 0) };
    case 'html':
      knownKeysOnly(input, ['kind', 'status'], 'action');
      return { kind, status: httpStatus(input['status'], 'action.status') };
    case 'patchBody':
      knownKeysOnly(input, ['kind', 'set', 'remove'], 'action');
      return { kind, ...patchInput(input['set'], input['remove']) };
    case undefined:
      throw new ControlInputError(`action.kind must be one of ${KINDS.join(', ')}.`);
    case 'reset':
    case 'applyThenReset':
    case 'hang':
    case 'applyThenHang':
    case 'cutBody':
      knownKeysOnly(input, ['kind'], 'action');
      return { kind };
  }
}

function patchInput(set: unknown, remove: unknown): JsonPatch {
  const values = optionalObject(set, 'action.set');
  if (remove === undefined) return { ...(values && { set: values }) };
  if (!Array.isArray(remove) || !remove.every((path): path is string => typeof path === 'string')) {
    throw new ControlInputError('action.remove must be a list of paths.');
  }
  return { ...(values && { set: values }), remove };
}
