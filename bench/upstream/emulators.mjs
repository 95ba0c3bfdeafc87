/** The emulators of all providers in a process of their own, without the limits of those that are measured. */
import { createServer } from 'node:http';
import { emulators, startEmulator } from '../../dist/emulators/index.js';

const unlimited = { ordergroove: { rateLimitPerMinute: 0 }, surecart: { rateLimit: 0 } };

const running = await Promise.all(
  Object.entries(emulators).map(async ([name, definition]) => {
    const { url } = await startEmulator(definition, { switches: unlimited[name] ?? {} });
    return { url, ...definition.sandbox(url) };
  }),
);

/** Tells where each of them listens. */
createServer((_request, response) => response.end(JSON.stringify(running))).listen(
  Number(process.env.PORT),
  '127.0.0.1',
);
