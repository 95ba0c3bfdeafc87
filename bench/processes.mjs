import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 3_000;
const meter = new URL('./meter.mjs', import.meta.url).href;

/** Starts a script that listens on `PORT`, as in production, and waits until it answers. */
export async function startProcess(script, { args = [], env = {}, flags = [] } = {}) {
  const port = await freePort();
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), args, {
    execArgv: ['--import', meter, ...flags],
    env: { ...process.env, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const url = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  while (!(await answers(url))) {
    if (child.exitCode !== null || performance.now() - begun > START_LIMIT_MS) {
      child.kill();
      throw new Error(`${script} did not start`);
    }
    await pause(20);
  }

  async function ask(message) {
    child.send(message);
    const [answer] = await once(child, 'message');
    return answer;
  }

  return {
    url,
    startMs: performance.now() - begun,
    ask,
    usage: () => ask('usage'),
    async stop() {
      if (child.exitCode !== null) return;
      const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      child.kill();
      await once(child, 'exit');
      clearTimeout(impatient);
    },
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(url) {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
}
