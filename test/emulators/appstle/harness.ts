import { afterAll, afterEach } from '@jest/globals';
import { appstle } from '../../../src/emulators/appstle/index.js';
import { demoApiKey } from '../../../src/emulators/appstle/scenarios/demo-credentials.js';
import {
  demoAttempts,
  demoContracts,
  demoHandles,
  demoVariants,
} from '../../../src/emulators/appstle/scenarios/demo-records.js';
import { type RunningEmulator, startEmulator } from '../../../src/emulators/kit/emulator.js';
import { caller, type Json } from '../calls.js';

export const API = '/api/external/v2';
export const ONE_OFF = 'subscription-contract-one-offs-by-contractId-and-billing-attempt-id';
export const UPCOMING = 'upcoming-subscription-contract-one-offs-by-contractId';
export const ALL = 'subscription-contract-one-offs-by-contractId';
export const ATTEMPTS = 'subscription-billing-attempts';
export const RAW = 'subscription-contracts/contract-external';
export const { coffee, tea, paused, committed, cancelled } = demoContracts;
export const { next, later, last } = demoAttempts;
export const DAY = 86_400_000;
export const NOW = new Date('2026-03-02T12:00:00Z');

export const emulator: RunningEmulator = await startEmulator(appstle);
export const call = caller(emulator.url, { 'x-api-key': demoApiKey });

afterEach(() => startOver());
afterAll(() => emulator.close());

export function startOver(scenario = 'sandbox', switches: Record<string, unknown> = {}): void {
  emulator.reset(scenario, switches);
}

export type Query = Readonly<Record<string, string | number | boolean>>;

export function address(path: string, query: Query = {}) {
  const texts = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  const parameters = new URLSearchParams(texts);
  return `${API}/${path}?${parameters.toString()}`;
}

export const get = (path: string, query?: Query) => call('GET', address(path, query));
export const put = (path: string, query?: Query, body?: unknown) => call('PUT', address(path, query), body);

export const added = { contractId: coffee, billingAttemptId: next, variantId: demoVariants.syrup };
export const addSyrup = (more: Query = {}) => put(ONE_OFF, { ...added, variantHandle: demoHandles.syrup, ...more });

export async function rows(path: string, contractId: string = coffee) {
  return (await get(path, { contractId })).json.rows();
}

export const variantsOf = (found: readonly Json[]) => found.map((row) => String(row.at('variantId')));

export async function topOrders(contractId: string = coffee) {
  return (await get(`${ATTEMPTS}/top-orders`, { contractId })).json.rows();
}

export const idsOf = (found: readonly Json[]) => found.map((row) => String(row.at('id')));

export async function rawLines(contractId: string = coffee) {
  return (await get(`${RAW}/${contractId}`)).json.rows('lines', 'nodes');
}

export async function pastStatus(attempt: string, contractId: string = coffee) {
  const past = (await get(`${ATTEMPTS}/past-orders`, { contractId })).json.rows();
  return past.find((row) => String(row.at('id')) === attempt);
}

export function stateRows(table: string): readonly Record<string, unknown>[] {
  return (JSON.parse(JSON.stringify(emulator.state())) as Record<string, Record<string, unknown>[]>)[table] ?? [];
}
