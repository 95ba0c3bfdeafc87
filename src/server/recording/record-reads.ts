import type { RecordOptions } from '../../config/command-line.js';
import type { Config } from '../../config.js';
import type { Account } from '../../domain/account.js';
import type { DataSource } from '../../domain/provider.js';
import { type AccountTransport, createTransport } from '../../http/transport.js';
import { createMemoryAccountStore } from '../../operations/memory-account-store.js';
import { examine } from '../doctor/examine.js';
import type { Recorder } from './recorder.js';

type Configured = Extract<Config, { readonly mode: 'configured' }>;

/** Reads what `doctor` reads, and the records of the named customers and orders. */
export async function recordReads(
  config: Configured,
  recorder: Recorder,
  { customers, orders }: Pick<RecordOptions, 'customers' | 'orders'>,
  openTransport: () => AccountTransport = () => createTransport({ connections: 2 }),
): Promise<void> {
  const transportFor = (account: Account) => {
    const transport = openTransport();
    return { ...transport, send: recorder.tap(transport.send, account) };
  };
  await examine(config, { customers, transportFor });
  for (const { account, provider } of config.accounts) {
    const transport = transportFor(account);
    const customerId = customers[account.key] ?? null;
    const clock = () => new Date();
    const services = { transport: transport.send, clock, store: createMemoryAccountStore(clock) };
    const source = provider.connect(account, services).open({
      actorId: 'record',
      shopper: { customerId, recognised: false },
      signal: AbortSignal.timeout(60_000),
    });
    try {
      const listed = customerId === null ? [] : await listAll(source, customerId);
      const keys = await Promise.all((orders[account.key] ?? []).map((id) => keyOf(source, id)));
      const named = await source.orders.getMany(keys);
      const found = [...listed, ...named.flatMap((each) => (each.state === 'found' ? [each.value] : []))];
      await source.lineItems?.forOrders(found);
      await source.offers?.forOrders(found);
    } finally {
      await transport.close();
    }
  }
}

async function listAll(source: DataSource, customer: string) {
  const prefetch = { lineItems: true, subscriptions: true };
  const orders = (await source.upcomingOrders?.list(customer, prefetch))?.items ?? [];
  const subscriptions = (await source.subscriptions?.listFor(customer))?.items ?? [];
  await source.subscriptions?.nextOrders(subscriptions);
  return orders;
}

/** Returns the key of an order: those of some providers are more than the identifier people know. */
async function keyOf({ orders }: DataSource, providerId: string): Promise<string> {
  const key = await orders.keyOf?.(providerId);
  return key?.state === 'found' ? key.value : providerId;
}
