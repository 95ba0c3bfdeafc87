import { setTimeout as sleep } from 'node:timers/promises';
import { pick } from './random.mjs';

const MUTATION = `mutation ($input: AddUpsellItemInput!) {
  addUpsellItem(input: $input) { replayed operation { status } errors { code retry } }
}`;
const OPERATION = `query ($key: String!) {
  operationByKey(idempotencyKey: $key) { status lineItem { providerId } }
}`;

/** Longer than any request may take by the server's own deadlines. */
const ANSWER_MS = 30_000;
const WAITS = [50, 100, 200, 400, 800, 1_600];

/** Tells a replica that is busy with everything from a request that alone got stuck. */
async function healthOf({ url }) {
  const asked = performance.now();
  const isWell = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(ANSWER_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );
  return `its replica ${isWell ? 'answers' : 'does not answer'} after ${Math.round(performance.now() - asked)} ms`;
}

/** A storefront that repeats a request as its answers advise. `counts` is told of every request and its fate. */
export function createClient({ replicas, token, counts, note }) {
  /** The data of the answer; null when there was none, or not all of it. */
  async function ask(random, query, variables) {
    const replica = replicas.any(random);
    if (!replica) return null;
    counts.requests += 1;
    try {
      const response = await fetch(`${replica.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const { data, errors = [] } = await response.json();
      // A field whose read met a fault is an answer, but not all of one.
      if (errors.length === 0) return data;
      if (!data) {
        counts.errors += 1;
        note(JSON.stringify(errors));
      }
      return null;
    } catch (error) {
      if (replica.isKilled) counts.cutOff += 1;
      else {
        counts.unanswered += 1;
        note(`no answer: ${error.cause ?? error}; ${await healthOf(replica)}`);
      }
      return null;
    }
  }

  return {
    /** Repeats until the answer is final; null when it was not by `deadline` (of `performance.now()`). */
    async submit(random, input, deadline) {
      for (let attempt = 0; performance.now() < deadline; attempt += 1) {
        if (attempt > 0) await sleep(WAITS[Math.min(attempt, WAITS.length) - 1] * (0.5 + random()));
        const payload = (await ask(random, MUTATION, { input }))?.addUpsellItem;
        if (!payload) continue;
        const advice = new Set(payload.errors.map(({ retry }) => retry));
        if (advice.has('SAME_KEY')) continue;
        if (!advice.has('CHECK_OPERATION')) return payload.operation?.status ?? 'REFUSED';
        await this.settled(random, input.idempotencyKey, deadline);
      }
      return null;
    },

    /** The operation of a key once it is settled; null when it was not by the deadline. */
    async settled(random, key, deadline) {
      while (performance.now() < deadline) {
        const operation = (await ask(random, OPERATION, { key }))?.operationByKey;
        if (operation && !['PENDING', 'INDETERMINATE'].includes(operation.status)) return operation;
        await sleep(pick(random, WAITS));
      }
      return null;
    },
  };
}
