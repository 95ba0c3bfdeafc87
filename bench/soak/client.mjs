import { setTimeout as sleep } from 'node:timers/promises';

const TOLD = `errors {
  code retry message shopperMessage ... on OutcomeUnknownError { operation { idempotencyKey } }
} differences { field }`;
const mutationOf = (name) => `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) {
  payload: ${name}(input: $input) {
    replayed effect ${TOLD.replace(/ differences.*/, '')} operation { status effect ${TOLD} }
  }
}`;
const OPERATION = `query ($key: String!) {
  operationByKey(idempotencyKey: $key) { status effect ${TOLD} lineItem { providerId } }
}`;

/** Longer than any request may take by the server's own deadlines, on a machine that has other things to do as well. */
const ANSWER_MS = 60_000;
const WAITS = [50, 100, 200, 400, 800, 1_600, 3_200];

/** Tells a replica that is busy with everything from a request that alone got stuck. */
async function healthOf({ url }) {
  const asked = performance.now();
  const isWell = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(ANSWER_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );
  return `its replica ${isWell ? 'answers' : 'does not answer'} after ${Math.round(performance.now() - asked)} ms`;
}

/** What an answer says of its write, in one form for payloads and operations. */
function saidBy({ status = null, effect = null, errors = [], differences = [] }) {
  return {
    status,
    effect,
    texts: errors.flatMap(({ message, shopperMessage }) => [message, shopperMessage ?? []].flat()),
    advice: errors.map(({ retry }) => retry),
    differences: differences.length,
  };
}

/**
 * A storefront that repeats a request as its answers advise. `counts` is told of every request and its fate, `hear` of
 * everything that was said about a key.
 */
export function createClient({ replicas, token, counts, note, hear, held }) {
  /** The data of the answer and when it was asked for; empty when there was none, or not all of it. */
  async function ask(random, query, variables) {
    const replica = replicas.any(random);
    if (!replica) return {};
    counts.requests += 1;
    const askedAt = Date.now();
    const asked = performance.now();
    try {
      const response = await fetch(`${replica.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const { data, errors = [] } = await response.json();
      // A field whose read met a fault is an answer, but not all of one.
      if (errors.length === 0) return { data, askedAt };
      // Nothing was begun, and the same request may be sent again.
      const isTurnedAway = errors.every(({ extensions }) => extensions?.retry === 'SAME_KEY');
      if (!data) counts[isTurnedAway ? 'turnedAway' : 'errors'] += 1;
      if (!data && !isTurnedAway) note(JSON.stringify(errors));
      return {};
    } catch (error) {
      if (replica.isKilled || replica.frozenAt !== null || replica.thawedAt > asked) counts.cutOff += 1;
      else {
        counts.unanswered += 1;
        note(`no answer: ${error.cause ?? error}; ${await healthOf(replica)}`);
      }
      return {};
    }
  }

  const looks = new Map();

  async function lookUntilSettled(random, key, isTooLate, mayRest) {
    for (let look = 0; !isTooLate(); look += 1) {
      const { data, askedAt } = await ask(random, OPERATION, { key });
      const operation = data?.operationByKey;
      if (operation) hear(key, askedAt, saidBy(operation));
      if (operation && !['PENDING', 'INDETERMINATE'].includes(operation.status)) return operation;
      if (operation?.status === 'INDETERMINATE' && mayRest()) return operation;
      await pause(random, look);
    }
    return null;
  }

  return {
    /**
     * Repeats until the answer is final; null when it was not before it was too late. `HELD_UP`: refused because of another
     * key, which is open and at rest.
     */
    async submit(random, { mutation, input }, isTooLate, mayRest, isAtRest) {
      const key = input.idempotencyKey;
      const isOfAnother = ({ operation }) => operation && operation.idempotencyKey !== key;
      for (let attempt = 0; !isTooLate(); attempt += 1) {
        if (attempt > 0) await pause(random, attempt - 1);
        const { data, askedAt } = await ask(random, mutationOf(mutation), { input });
        const payload = data?.payload;
        if (!payload) continue;
        if (payload.operation) {
          const { status, differences } = payload.operation;
          hear(key, askedAt, saidBy({ ...payload, status, differences }));
          hear(key, askedAt, saidBy(payload.operation));
        }
        for (const { operation } of payload.errors.filter(isOfAnother)) held(key, operation.idempotencyKey);
        const advice = new Set(payload.errors.map(({ retry }) => retry));
        if (advice.has('SAME_KEY')) continue;
        if (!advice.has('CHECK_OPERATION')) return payload.operation?.status ?? 'REFUSED';
        const rested = await this.settled(random, key, isTooLate, mayRest);
        const holders = rested?.errors.filter(isOfAnother) ?? [];
        if (holders.length > 0 && holders.every(({ operation }) => isAtRest(operation.idempotencyKey)))
          return 'HELD_UP';
        // What was refused because of another write may be sent once that one has ended.
        const mayGoOn = rested?.errors.some((error) => isOfAnother(error) || error.retry === 'SAME_KEY') ?? true;
        if (!mayGoOn) return rested.status;
      }
      return null;
    },

    /** The operation of a key once it is settled, or `mayRest`; null when it was not in time. All who wait share one look. */
    settled(random, key, isTooLate, mayRest = () => false) {
      const look = looks.get(key) ?? lookUntilSettled(random, key, isTooLate, mayRest).finally(() => looks.delete(key));
      looks.set(key, look);
      return look;
    },
  };
}

/** The longer the more often it was in vain. */
function pause(random, times) {
  return sleep(WAITS[Math.min(times, WAITS.length - 1)] * (0.5 + random()));
}
