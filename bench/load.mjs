import { setTimeout as pause } from 'node:timers/promises';
import { Client, Pool } from 'undici';

/**
 * Sends requests for a while, each connection the next one as soon as the last was answered. `requests` has one entry a
 * connection: its path, headers and body. An answer that is no 200 stops everything.
 */
export async function load(url, requests, seconds) {
  const until = performance.now() + seconds * 1_000;
  const begun = performance.now();
  const latencies = (await Promise.all(requests.map((request) => loadConnection(url, request, until)))).flat();
  const elapsed = (performance.now() - begun) / 1_000;
  latencies.sort((left, right) => left - right);
  return {
    count: latencies.length,
    perSecond: latencies.length / elapsed,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  };
}

/**
 * Sends requests at a steady pace, each in its turn, whatever became of those before: a slow answer does not thin out its
 * own measurement. Gives how long they took, sorted.
 */
export async function loadSteadily(url, requests, { perSecond, seconds, onAnswer }) {
  const pool = new Pool(url);
  const begun = performance.now();
  const latencies = await Promise.all(
    Array.from({ length: perSecond * seconds }, async (_, index) => {
      await pause(begun + (index * 1_000) / perSecond - performance.now());
      const sent = performance.now();
      const { body } = await pool.request({ method: 'POST', ...requests[index % requests.length] });
      const answer = await body.json();
      const latency = performance.now() - sent;
      onAnswer(answer);
      return latency;
    }),
  );
  await pool.close();
  return latencies.sort((left, right) => left - right);
}

/** So many requests until the compiler of V8 has seen all of a server. */
const WARM = 2_000;

/** Loads until the server is warm, but not longer than given. */
export async function warmUp(url, requests, mostSeconds) {
  const until = performance.now() + mostSeconds * 1_000;
  for (let answered = 0; answered < WARM && performance.now() < until;) {
    answered += (await load(url, requests, 1)).count;
  }
}

async function loadConnection(url, request, until) {
  const client = new Client(url);
  const latencies = [];
  while (performance.now() < until) {
    const sent = performance.now();
    const { statusCode, body } = await client.request({ method: 'POST', ...request });
    if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}: ${await body.text()}`);
    await body.dump({ limit: Number.POSITIVE_INFINITY });
    latencies.push(performance.now() - sent);
  }
  await client.close();
  return latencies;
}

/** Of sorted values. */
export function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function median(values) {
  return quantile(
    [...values].sort((left, right) => left - right),
    0.5,
  );
}
