import { createServer } from 'node:http';
import { connect } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { describe, expect, test } from '@jest/globals';
import { Agent, request } from 'undici';
import { refuseOtherHosts } from '../network-guard.js';

refuseOtherHosts();

const refused = 'Tests talk to this machine only.';

describe('a test', () => {
  test('cannot reach another host, by whatever client', async () => {
    expect(() => connect(80, '192.0.2.1')).toThrow(refused);
    expect(() => connect({ port: 80, host: 'shop.example' })).toThrow(refused);
    expect(() => connectSecurely({ port: 443, host: '192.0.2.1' })).toThrow(refused);
    await expect(fetch('http://192.0.2.1/')).rejects.toMatchObject({
      cause: { message: expect.stringContaining(refused) },
    });
    await expect(request('http://shop.example/', { dispatcher: new Agent() })).rejects.toThrow(refused);
  });

  test('reaches this machine', async () => {
    const server = createServer((_request, response) => response.end('here'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('here');
    expect(await (await fetch(`http://localhost:${port}/`)).text()).toBe('here');
    server.closeAllConnections();
    server.close();
  });
});
