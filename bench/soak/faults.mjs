import { between, pick } from './random.mjs';

/** What may become of a write: applied or not, answered or not. */
const ON_WRITES = [
  () => ({ kind: 'applyThenReset' }),
  () => ({ kind: 'applyThenHang' }),
  () => ({ kind: 'applyThenStatus', status: 502 }),
  () => ({ kind: 'cutBody' }),
  () => ({ kind: 'reset' }),
  () => ({ kind: 'hang' }),
  () => ({ kind: 'status', status: 502 }),
  () => ({ kind: 'status', status: 429 }),
  () => ({ kind: 'status', status: 423 }),
  () => ({ kind: 'html', status: 503 }),
  (random) => ({ kind: 'delay', milliseconds: between(random, 50, 1_400) }),
];

const ON_READS = [
  () => ({ kind: 'status', status: 502 }),
  () => ({ kind: 'status', status: 429 }),
  () => ({ kind: 'reset' }),
  () => ({ kind: 'hang' }),
  () => ({ kind: 'cutBody' }),
  () => ({ kind: 'html', status: 504 }),
  (random) => ({ kind: 'delay', milliseconds: between(random, 50, 900) }),
];

/** A script of faults for one round: about every second write is hit, and a share of the reads around them. */
export function randomFaults(random, writes) {
  return [
    ...Array.from({ length: Math.ceil(writes / 2) }, () => fault(random, 'POST', ON_WRITES, writes)),
    ...Array.from({ length: writes }, () => fault(random, 'GET', ON_READS, writes * 4)),
  ];
}

function fault(random, method, actions, spread) {
  return {
    match: { method },
    skip: between(random, 0, spread),
    times: between(random, 1, 2),
    action: pick(random, actions)(random),
  };
}
