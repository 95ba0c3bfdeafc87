import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Soak, startSoak } from '../../bench/soak/engine.mjs';
import { freshDatabase, whenPostgres } from '../storage/postgres.js';

whenPostgres('two replicas on one PostgreSQL, 200 requests at once over 20 keys and 5 orders', () => {
  let soak: Soak;
  let drop = async () => {};

  beforeAll(async () => {
    const database = await freshDatabase();
    drop = () => database.drop();
    soak = await startSoak({ seed: 20_260_301, storage: { url: database.url }, kills: false, subscriptions: false });
    await soak.round();
  }, 300_000);

  afterAll(async () => {
    await soak.stop();
    await drop();
  });

  test('make one item for each key that succeeded, and none for any other', () => {
    const { keys, items, succeeded, failed, duplicates, lost } = soak.counts;
    expect({ keys, ended: succeeded + failed, duplicates, lost }).toEqual({
      keys: 20,
      ended: 20,
      duplicates: 0,
      lost: 0,
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
