import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { authorization, auth } from '../limits/limited-server.js';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { type ServerProcess, startProcess } from './server-process.js';

const DELAY_SECONDS = 2;
const CLIENTS = 6;

interface Replica {
  readonly process: ServerProcess;
  readonly port: number;
}

/** Sends each connection to the next replica that says it is ready, as a balancer does that asks now and then. */
class Balancer {
  readonly replicas: Replica[] = [];
  private ready: readonly Replica[] = [];
  private next = 0;
  private readonly timer = setInterval(() => void this.look(), 100);
  private readonly server: Server = createServer((client) => {
    const replica = this.ready[(this.next += 1) % this.ready.length];
    if (!replica) return client.destroy();
    const upstream = connect(replica.port, '127.0.0.1');
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
    return client;
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/graphql`;
  }

  async look(): Promise<void> {
    const seen = await Promise.all(
      this.replicas.map(async (replica) => {
        const answer = await fetch(`http://127.0.0.1:${replica.port}/readyz`).catch(() => null);
        return answer?.status === 200 ? [replica] : [];
      }),
    );
    this.ready = seen.flat();
  }

  close(): void {
    clearInterval(this.timer);
    this.server.close();
  }
}

describe('a rolling restart under load', () => {
  let emulator: RunningEmulator;
  let folder: string;
  const started: ServerProcess[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rolling-'));
    emulator = await startEmulator(emulators.ordergroove);
  });

  afterAll(async () => {
    await Promise.all(started.map((each) => each.stop()));
    await emulator.close();
    rmSync(folder, { recursive: true });
  });

  async function startReplica(name: string): Promise<Replica> {
    const { account } = emulators.ordergroove.sandbox(emulator.url);
    const path = join(folder, `${name}.yaml`);
    const file = {
      server: { drainDelaySeconds: DELAY_SECONDS, limits: { rate: { shopper: 0 } } },
      auth,
      storage: { file: join(folder, 'ledger.db') },
      accounts: [account],
    };
    // JSON is YAML.
    writeFileSync(path, JSON.stringify(file));
    const process = startProcess(['--config', path]);
    started.push(process);
    return { process, port: Number(await process.find(/http:\/\/127\.0\.0\.1:(\d+)/)) };
  }

  test('refuses no request, and tells balancers before it ends', async () => {
    const balancer = new Balancer();
    balancer.replicas.push(await startReplica('a'), await startReplica('b'));
    await balancer.look();
    const url = await balancer.listen();
    const token = await authorization();
    const failures: string[] = [];
    let answered = 0;
    const load = new AbortController();

    const clients = Array.from({ length: CLIENTS }, async () => {
      while (!load.signal.aborted) {
        try {
          const response = await fetch(url, {
            method: 'POST',
            headers: { 'content-type': 'application/json', authorization: token },
            body: '{"query":"{ viewer { kind } }"}',
          });
          if (response.status !== 200) failures.push(String(response.status));
          await response.text();
          answered += 1;
        } catch (error) {
          failures.push(String(error instanceof Error ? error.cause : error));
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });

    for (const name of ['c', 'd']) {
      const [oldest] = balancer.replicas;
      if (!oldest) break;
      const before = answered;
      oldest.process.child.kill('SIGTERM');
      await expect(oldest.process.ended()).resolves.toBe(0);
      expect(answered).toBeGreaterThan(before);
      balancer.replicas.shift();
      balancer.replicas.push(await startReplica(name));
      await balancer.look();
    }
    load.abort();
    await Promise.all(clients);
    balancer.close();
    process.stdout.write(
      `rolling restart of two replicas: ${answered} requests answered, ${failures.length} refused\n`,
    );
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(100);
  });

  test('does not wait for a request that never arrives', async () => {
    const { process: program, port } = await startReplica('half');
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"query"',
    );
    const header = connect(port, '127.0.0.1');
    header.on('error', () => {});
    header.write('POST /graphql HTTP/1.1\r\nhost:');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const begun = performance.now();
    program.child.kill('SIGTERM');
    await expect(program.ended()).resolves.toBe(0);
    expect(performance.now() - begun).toBeLessThan((DELAY_SECONDS + 15) * 1_000);
  });
});
