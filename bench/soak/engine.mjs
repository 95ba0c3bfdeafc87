import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { toGlobalId } from '../../dist/domain/reference.js';
import { tokenFor, writeConfig } from '../configured.mjs';
import { createClient } from './client.mjs';
import { evidenceFor, evidenceOfTarget } from './books.mjs';
import { openFaultyDatabase } from './database-faults.mjs';
import { randomFaults } from './faults.mjs';
import { createHearsay } from './hearsay.mjs';
import { latestOf, misbehaviourOfNeighbour, randomMisbehaviours } from './misbehaviours.mjs';
import { openNeighbours } from './neighbours.mjs';
import { between, pick, seededRandom, uuid } from './random.mjs';
import { startReplicas } from './replicas.mjs';
import { openShop, TIMEOUT_MS } from './shop.mjs';
import { untruthsIn } from './truth.mjs';

const KEYS = 20;
const ORDERS = 5;
/** Decisions about a line, each on an order of its own. */
const LINE_WRITES = 3;
/** How long a write that came late may take to be found. */
const GRACE_SECONDS = 20;
const REQUESTS = 200;
/** A key that has no final answer this long after its order was placed is stuck: an open write is looked at the less often the older it is. */
const PATIENCE_MS = 240_000;
const MAX_NOTES = 20;
/** How long orders stay open at most before they are placed: what is undecided then is decided by what is there for good. */
const SHOPPING_MS = 180_000;
const FREEZE_MS = [5_000, 50_000];
const STORM_SKEWS_MS = [0, 60_000, -60_000];

/** Faults and load make a server warn, of open circuits, pauses and writes in doubt, and wait for its database. */
function isOfLoad(line) {
  return /^\{"level":"warn"|"err":\{"type":"LedgerUnavailable"/.test(line);
}

/** Replicas on one ledger, a shop with faults, and shoppers who press the button again and again. */
export async function startSoak({
  seed,
  storage,
  kills,
  subscriptions,
  misbehaviours,
  everywhere = false,
  storm = false,
}) {
  const random = seededRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-soak-'));
  const shop = await openShop();
  const neighbours = everywhere ? await openNeighbours(shop.account.provider) : null;
  const others = neighbours?.shops ?? [];
  const counts = noCounts();
  const notes = [];
  const note = (text) => notes.length < MAX_NOTES && notes.push(text);
  const account = { ...shop.account, addAsSubscription: 'two-step', settlingSeconds: 1, timeoutMs: TIMEOUT_MS };
  const database = storm ? await openFaultyDatabase(storage.url) : null;
  const place = storage.url === undefined ? { file: join(folder, 'ledger.db') } : { url: database?.url ?? storage.url };
  const skews = storm ? STORM_SKEWS_MS : [0, 0];
  const replicas = await startReplicas(
    skews,
    writeConfig(folder, [account, ...others.map((each) => each.account)], place),
    (line) => {
      const [, taken] = /^takeovers (\d+)$/.exec(line) ?? [];
      if (taken !== undefined) counts.takeovers += Number(taken);
      else if (!isOfLoad(line)) note(line);
    },
  );
  const said = createHearsay();
  const answerTimes = [];
  /** When a key was first and last refused because of another. */
  const refusals = new Map();
  let longestRefusalMs = 0;
  const held = (key, by) => {
    const name = `${key} ${by}`;
    refusals.set(name, { by, from: refusals.get(name)?.from ?? Date.now(), until: Date.now() });
  };
  const client = createClient({
    replicas,
    token: await tokenFor(
      Object.fromEntries([shop, ...others].map(({ account: { key }, customerId }) => [key, customerId])),
    ),
    counts,
    note,
    hear: said.hear,
    held,
  });

  async function round() {
    const taken = shop.takeOrders(ORDERS + LINE_WRITES);
    const orders = taken.slice(0, ORDERS);
    shop.forget();
    neighbours?.forget();
    said.clear();
    refusals.clear();
    const begun = performance.now();
    const finalAt = new Map();
    const targeted = neighbours ? await decisionsElsewhere(taken.slice(ORDERS)) : [];
    const adds = Array.from({ length: KEYS - targeted.length }, (_, index) =>
      addOf({
        order: orders[index % ORDERS],
        product: pick(random, shop.products),
        quantity: index + 1,
        recurring: subscriptions && random() < 0.25,
      }),
    );
    const decisions = [...adds, ...targeted].map((decision) => ({ ...decision, key: uuid(random) }));
    const latest = misbehaviours ? latestOf(random) : 0;
    if (misbehaviours) for (const fault of randomMisbehaviours(random, KEYS, latest)) shop.faults.add(fault);
    for (const fault of randomFaults(random, KEYS)) shop.faults.add(fault);
    for (const { faults } of others) {
      if (misbehaviours) for (const fault of misbehaviourOfNeighbour(random, latest)) faults.add(fault);
      for (const fault of randomFaults(random, 2)) faults.add(fault);
    }

    let isOver = false;
    const over = () => isOver;
    const troubles = [
      kills && killNowAndThen(over),
      storm && freezeNowAndThen(over),
      database?.trouble(random, over, () => (counts.outages += 1)),
    ];
    let tooLateAt = Infinity;
    const isTooLate = () => performance.now() > tooLateAt;
    const placing = placeLater(taken, latest).then(() => (tooLateAt = performance.now() + PATIENCE_MS));
    const latestAt = performance.now() + (latest + GRACE_SECONDS) * 1_000;
    const isAtRest = (key) => decisions.some((each) => each.key === key && mayRest(each, latestAt));
    const answers = await Promise.all(
      Array.from({ length: REQUESTS }, async (_, index) => {
        const decision = decisions[index % KEYS];
        const { mutation, input, key } = decision;
        const asked = { mutation, input: { idempotencyKey: key, ...input } };
        const chance = seededRandom(between(random, 1, 2 ** 31));
        const status = await client.submit(chance, asked, isTooLate, () => mayRest(decision, latestAt), isAtRest);
        if (!finalAt.has(decision.key)) finalAt.set(decision.key, performance.now() - begun);
        return { key: decision.key, status };
      }),
    );
    await placing;
    isOver = true;
    await Promise.all(troubles);
    answerTimes.push(...finalAt.values());
    await judge(decisions, answers, latestAt);
  }

  function addOf({ order, product, quantity, recurring }) {
    const add = { order, product, quantity, recurring };
    return {
      mutation: 'addUpsellItem',
      input: addInputOf(add, shop.account.key),
      evidence: (books, until) => evidenceFor(add, books, until),
      isOwn: ({ body }) => Number(body?.quantity) === quantity && body.order === order,
      source: shop,
      // An item of a placed order may still be made to recur.
      isInDoubt: (books) => recurring && isItemAlone(evidenceFor(add, books)),
    };
  }

  /** Of every other kind one: two requests for one checkout, with a key each. */
  async function decisionsElsewhere(orders) {
    const idOf = (type, key) => toGlobalId({ type, account: shop.account.key, key });
    const lines = shop.takeLineWrites(orders, idOf).map((each) => ({ ...each, source: shop }));
    const beside = await Promise.all(others.map(async (source) => ({ ...(await source.take()), source })));
    const finishing = others.find(({ hasCheckouts }) => hasCheckouts);
    const twin = { ...(await finishing.take()), source: finishing, isTwin: true };
    return [...lines, ...beside, twin, twin].map((each) => ({
      ...each,
      isInDoubt: ({ writes }) => !isEndedByPlacing(each) && !writes.some(each.isOwn),
      evidence: (books, until) => evidenceOfTarget(each, books, until),
    }));
  }

  /** What the provider never did stays open for minutes where no placed order ends the doubt. */
  function mayRest({ isInDoubt, source }, latestAt) {
    return performance.now() > latestAt && isInDoubt(source.books());
  }

  /** The other shops place no orders, and a line may be made to recur whatever became of its order. */
  function isEndedByPlacing({ source, mutation }) {
    return source === shop && mutation !== 'convertToSubscription';
  }

  /** Once no decision is being tried again, and the latest write has arrived. */
  async function placeLater(orders, latest) {
    const deadline = performance.now() + SHOPPING_MS;
    while (said.decided() < KEYS && performance.now() < deadline) await sleep(100);
    await sleep(1_000 + latest * 1_000);
    shop.faults.clear();
    await shop.place(orders);
  }

  async function freezeNowAndThen(isOver) {
    for (;;) {
      await sleep(between(random, 500, 5_000));
      if (isOver()) return;
      counts.freezes += 1;
      await replicas.freezeOne(random, between(random, ...FREEZE_MS));
    }
  }

  async function killNowAndThen(isOver) {
    for (;;) {
      await sleep(between(random, 100, 1_000));
      if (isOver()) return;
      counts.kills += 1;
      await replicas.killOne(random);
    }
  }

  /** Compares what shoppers were told, what the ledger says, and what the provider holds. */
  async function judge(decisions, answers, latestAt) {
    const tooLateAt = performance.now() + PATIENCE_MS / 4;
    const isTooLate = () => performance.now() > tooLateAt;
    const operations = await Promise.all(
      decisions.map((each) => client.settled(random, each.key, isTooLate, () => mayRest(each, latestAt))),
    );
    // Copies of everything a provider holds: once for all decisions.
    const books = new Map([shop, ...others].map((source) => [source.account, source.books()]));
    const found = decisions.map(({ evidence, source }) => evidence(books.get(source.account)));
    longestRefusalMs = Math.max(longestRefusalMs, ...refusalsWithoutCause(decisions, found));
    for (const [index, decision] of decisions.entries()) {
      const { key, source, evidence, isTwin } = decision;
      const whole = found[index];
      judgeOne(decision, operations[index], whole, answers);
      // Of two keys for one checkout the books cannot tell whose request it was.
      for (const { told, askedAt } of isTwin ? [] : said.about(key)) {
        const untruths = untruthsIn(told, whole, evidence(books.get(source.account), askedAt));
        counts.statements += 1;
        counts.untrue += untruths.length > 0;
        for (const text of untruths)
          note(`untrue: ${text}, told as ${JSON.stringify(told)}: ${describe(decision, whole)}`);
      }
    }
    counts.rounds += 1;
  }

  /** How long each key was refused after the provider had done what another key asked for. */
  function refusalsWithoutCause(decisions, found) {
    const doneAt = new Map(decisions.map(({ key }, index) => [key, found[index].appliedAt]));
    return [...refusals.values()].map(({ by, from, until }) => {
      const done = doneAt.get(by) ?? null;
      return done === null ? 0 : Math.max(until - Math.max(from, done), 0);
    });
  }

  function judgeOne(decision, operation, evidence, answers) {
    const { key } = decision;
    const status = operation?.status ?? 'STUCK';
    const told = new Set(answers.filter((answer) => answer.key === key).map((answer) => answer.status));
    // That nobody can tell is no promise: it may be there.
    const isUntold = status === 'PARTIAL' && operation.effect === 'UNKNOWN';
    const isToldOf = status === 'SUCCEEDED' || (status === 'PARTIAL' && !isUntold);
    counts.keys += 1;
    counts.succeeded += status === 'SUCCEEDED';
    counts.failed += status === 'FAILED' || status === 'REJECTED';
    counts.partial += status === 'PARTIAL' && !isUntold;
    counts.untold += isUntold;
    counts.indeterminate += status === 'STUCK' || status === 'INDETERMINATE';
    counts.stuck += status === 'STUCK' || told.has(null);
    if (status === 'STUCK' || told.has(null))
      note(`key ${key} is without a final answer: ${describe(decision, evidence)}`);
    const isOpen = (answer) => [null, 'INDETERMINATE', 'HELD_UP'].includes(answer);
    const isContradicted = [...told].some((answer) => !isOpen(answer) && answer !== status);
    counts.contradicted += isContradicted;
    if (isContradicted)
      note(`key ${key} was told ${[...told].join(', ')} and is ${status}: ${describe(decision, evidence)}`);
    // One that is open may be there.
    const isMeant = isToldOf || isUntold || status === 'INDETERMINATE' || decision.isTwin === true;
    counts.items += isToldOf || !decision.isTwin ? evidence.inForce : 0;
    counts.duplicates += Math.max(evidence.inForce - (isMeant ? 1 : 0), 0);
    const isLost = isToldOf && evidence.inForce === 0;
    counts.lost += isLost;
    if (isLost || evidence.inForce > (isMeant ? 1 : 0)) {
      note(
        `key ${key} is ${status}, and ${evidence.inForce} of ${evidence.applied} are there: ${describe(decision, evidence)}`,
      );
    }
  }

  return {
    counts,
    /** What was out of the ordinary, for whoever looks into it. */
    notes,
    answerTimes,
    get longestRefusalMs() {
      return longestRefusalMs;
    },
    round,
    async stop() {
      await replicas.stop();
      database?.close();
      await shop.close();
      await neighbours?.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** What happened to one decision, for whoever looks into it. */
function describe({ mutation, isOwn, source }, evidence) {
  const own = source.books().requests.filter(isOwn);
  const met = own.map(({ path, status, outcome, fault }) => `${path} ${status ?? outcome} ${fault?.kind ?? ''}`.trim());
  return `${mutation} at ${source.account.provider}: ${JSON.stringify(evidence)}; ${met.join(', ')}`;
}

function isItemAlone({ inForce, recurring }) {
  return inForce > 0 && !recurring;
}

function noCounts() {
  return {
    rounds: 0,
    requests: 0,
    keys: 0,
    items: 0,
    succeeded: 0,
    failed: 0,
    partial: 0,
    /** PARTIAL of unknown effect: nobody will ever be told. */
    untold: 0,
    indeterminate: 0,
    duplicates: 0,
    lost: 0,
    stuck: 0,
    contradicted: 0,
    /** What was said of a write, in status, effect, sentences and advice. */
    statements: 0,
    untrue: 0,
    errors: 0,
    turnedAway: 0,
    unanswered: 0,
    cutOff: 0,
    kills: 0,
    takeovers: 0,
    freezes: 0,
    outages: 0,
  };
}

/** Keys on one order ask for few products, so that an item of one could be taken for that of another. */
function addInputOf({ order, product, quantity, recurring }, account) {
  return {
    orderId: toGlobalId({ type: 'Order', account, key: order }),
    item: { providerProduct: { providerId: product } },
    quantity,
    ifPresent: 'ADD',
    ...(recurring && { subscribe: { frequency: { every: 8, unit: 'WEEK' } } }),
  };
}
