import { ECHO } from './planting-transport.js';
import type { RunningEmulator } from '../../src/emulators/index.js';

type Fault = Parameters<RunningEmulator['faults']['add']>[0];
type Action = Fault['action'];

/** A refusal as talkative as any of the providers could be. */
const complaint = {
  message: ECHO,
  detail: ECHO,
  title: ECHO,
  error: ECHO,
  code: ECHO,
  type: ECHO,
  messages: [ECHO, { message: ECHO, cause: ECHO }],
  errors: { [ECHO]: ECHO, item: ECHO, quantity: [ECHO] },
  validation_errors: [{ message: ECHO, code: ECHO, type: ECHO, attribute: ECHO, options: { value: ECHO } }],
  non_field_errors: [ECHO],
};

const page = `<!doctype html><html><body><h1>Error</h1><pre>${ECHO}</pre></body></html>`;
const html = { contentType: 'text/html', body: page };

/** Every way an emulator can fail; wherever it says something, it says all it knows. Those that take their time come first. */
export const faults: Readonly<Record<string, Action>> = {
  'no answer': { kind: 'hang' },
  'a late answer': { kind: 'delay', milliseconds: 2_500 },
  'done, then nothing': { kind: 'applyThenHang' },
  ...Object.fromEntries(
    [400, 401, 403, 409, 422, 429, 500].map((status): [string, Action] => [
      `status ${status}`,
      { kind: 'status', status, body: complaint },
    ]),
  ),
  'a gateway page': { kind: 'html', status: 502 },
  'a page that repeats the request': { kind: 'status', status: 502, ...html },
  'a success that is a page': { kind: 'status', status: 200, ...html },
  'a success that is a complaint': { kind: 'status', status: 200, body: complaint },
  'a success of nothing': { kind: 'status', status: 200, body: '' },
  'a cut answer': { kind: 'cutBody' },
  'a reset connection': { kind: 'reset' },
  'strange fields': {
    kind: 'patchBody',
    set: { '*.status': ECHO, 'results.*.status': ECHO, 'data.*.status': ECHO, '*.id': ECHO, errors: complaint.errors },
    remove: ['results.*.public_id', 'data.*.checkout', 'order.items'],
  },
  'done, then a complaint': { kind: 'applyThenStatus', status: 500, body: complaint },
  'done, then a page': { kind: 'applyThenStatus', status: 200, ...html },
  'done, then a reset': { kind: 'applyThenReset' },
};
