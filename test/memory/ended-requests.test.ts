import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';

const script = fileURLToPath(new URL('ended-requests.mjs', import.meta.url));

/** A tenth of what each held. */
const TOLERATED_KIB = 10;

interface Left {
  readonly operation: number;
  readonly page: number;
  readonly answer: number;
}

describe('memory is given back without collecting all garbage', () => {
  let left: Left;
  beforeAll(async () => {
    const flags = ['--expose-gc', '--no-allocation-site-pretenuring'];
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, script]);
    left = JSON.parse(stdout);
  });

  test('when an operation was answered', () => expect(left.operation).toBeLessThan(TOLERATED_KIB));
  test('when a page of a list was read', () => expect(left.page).toBeLessThan(TOLERATED_KIB));
  test('when a provider has answered', () => expect(left.answer).toBeLessThan(TOLERATED_KIB));
});
