import { describe, expect, test } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { centra as twin } from '../../../src/emulators/centra/index.js';
import { CentraSettings } from '../../../src/providers/centra/settings.js';

describe('settings', () => {
  const problemsOf = (settings: object) =>
    validateSync(plainToInstance(CentraSettings, settings)).flatMap(({ property, constraints }) =>
      Object.values(constraints ?? {}).map((message) => `${property}: ${message}`),
    );

  test('of the sandbox entry are accepted, and Checkout API needs no secret', () => {
    const { secret } = twin.sandbox('http://127.0.0.1:4003').account;
    expect(problemsOf({ secret })).toEqual([]);
    expect(problemsOf({ api: 'checkout', origin: 'http://localhost:3000' })).toEqual([]);
  });

  test('say clearly what is missing', () => {
    expect(problemsOf({})).toEqual(['api: shop needs the `secret` of the plugin beside it']);
    expect(problemsOf({ secret: 's', safetyMarginSeconds: -1 })).toHaveLength(1);
  });
});
