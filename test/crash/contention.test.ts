import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Soak, startSoak } from '../../bench/soak/engine.mjs';
import { freshDatabase, whenPostgres } from '../storage/postgres.js';

whenPostgres('two replicas on one PostgreSQL, 200 requests at once over 20 keys and 5 orders', () => {
  let soak: Soak;
  let drop = async () => {};

  beforeAll(async () => {
    const database = await freshDatabase();
    drop = () => database.drop();
    soak = await startSoak({
      seed: 20_260_301,
      storage: { url: database.url },
      kills: false,
      subscriptions: false,
      misbehaviours: false,
      everywhere: true,
    });
    await soak.round();
  }, 600_000);

  afterAll(async () => {
    await soak.stop();
    await drop();
  });

  test('make one item for each key that succeeded, and none for any other', () => {
    const { keys, items, succeeded, failed, indeterminate, duplicates, lost, untrue } = soak.counts;
    // One that may stay open is no success.
    expect({ keys, known: succeeded + failed + indeterminate, duplicates, lost, untrue }).toEqual({
      keys: 20,
      known: 20,
      duplicates: 0,
      lost: 0,
      untrue: 0,
    });
    expect(items).toBe(succeeded);
    expect(succeeded).toBeGreaterThan(10);
  });

  test('are all answered, all with the same outcome for one key', () => {
    const { requests, stuck, contradicted, errors, unanswered } = soak.counts;
    expect(requests).toBeGreaterThanOrEqual(200);
    expect({ stuck, contradicted, errors, unanswered, notes: soak.notes }).toEqual({
      stuck: 0,
      contradicted: 0,
      errors: 0,
      unanswered: 0,
      notes: [],
    });
  });
});
