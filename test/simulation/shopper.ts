import type { Actor } from '../../src/domain/actor.js';
import type { Operation } from '../../src/domain/operation.js';
import type { RetryAdvice } from '../../src/domain/refusal.js';
import type { WriteRequest } from '../../src/domain/write.js';
import type { WriteCommand, WriteResult } from '../../src/operations/write-command.js';
import type { WriteService } from '../../src/operations/write-service.js';
import type { Alternative } from './faults.js';
import type { Life, Replica } from './replica.js';
import type { Shop } from './simulated-provider.js';
import { CUSTOMER } from './records.js';

export const shopperActor: Actor = {
  id: 'shopper-1',
  kind: 'CUSTOMER',
  scopes: ['upsell:read', 'upsell:write'],
  customers: { sim: CUSTOMER },
  orders: {},
};

/** One thing a shopper wants, once. */
export interface Decision {
  readonly name: string;
  /** The same wish as a new request. */
  request(): WriteRequest;
}

/** What a client makes of a reply: null when none came. */
type Reply = Pick<WriteResult, 'operation' | 'errors'> | 'repeat' | 'unknown key';

const PATIENCE_MS = [40_000, 1_500, 8_000] as const;
const IMPATIENCE: readonly Alternative[] = [
  ['impatient client', 2],
  ['impatient client', 2],
];
const WAITS = [400, 1_000, 2_500, 6_000];
/** A shopper does not wait for ever; an operation may be left for a person. */
const MAX_TRIES = 40;
/** When a shopper looks once more at what became of it. */
const LOOKS_MS = [400_000, 2_000, 65_000] as const;

/**
 * A storefront that does as it is advised: repeats a request with its key at whatever replica answers, asks for an operation
 * that is open, and may make a new key where it is told to.
 */
export class Shopper {
  isDone = false;
  private keys = 0;
  private key = '';
  private request: WriteRequest;
  private tries = 0;
  /** Replies to earlier turns come too late. */
  private turn = 0;

  constructor(
    private readonly shop: Shop,
    private readonly replicas: readonly Replica[],
    readonly decision: Decision,
  ) {
    this.request = decision.request();
  }

  begin(): void {
    this.newKey();
    this.shop.world.tell(() => `${this.decision.name} decides: ${wishInWords(this.request)}.`);
    this.submit();
    // A ledger that forgot a write on its way would let the same key send it again.
    if (this.shop.faults.isOn('ledger failover')) return;
    if (this.shop.world.pick(`${this.decision.name}.double-click`, [4, 1]) === 1) this.submit();
  }

  private newKey(): void {
    this.key = `${this.decision.name.replace(/\D/g, '')}${'abc'.charAt(this.keys)}`;
    this.keys += 1;
    this.request = this.decision.request();
    this.shop.laws.register(this.request, { key: this.key, decision: this.decision.name });
  }

  private submit(): void {
    const { actor, account, guards } = COMMAND;
    const command: WriteCommand = { actor, account, guards, idempotencyKey: this.key, request: this.request };
    this.ask('asks with', (service) => service.run(command));
  }

  private look(): void {
    const { key } = this;
    this.ask('looks at', async (service) => {
      const operation = await service.byKey(shopperActor, key);
      return operation ? { operation, errors: operation.errors } : 'unknown key';
    });
  }

  private ask(verb: string, work: (service: WriteService) => Promise<Reply>): void {
    const { world, faults, laws } = this.shop;
    const site = this.decision.name;
    const { key } = this;
    const turn = (this.turn += 1);
    const replica =
      this.replicas[
        world.pick(
          `${site}.replica`,
          this.replicas.map(() => 1),
        )
      ];
    if (!replica) return;
    const answer = (reply: Reply) =>
      world.after(world.latency(`${site}.back`), () => {
        if (turn === this.turn) this.hear(reply);
      });
    world.after(world.latency(`${site}.there`), () => {
      const { life } = replica;
      world.tell(() => `${site} ${verb} key ${key} at replica ${replica.name}${life ? '' : ', which is down'}.`);
      if (!life) return answer('repeat');
      replica.deliver(life, 0, () => void serve(life));
    });
    const serve = async (life: Life): Promise<void> => {
      if (!life.service) return;
      let reply: Reply;
      try {
        reply = await work(life.service);
        if (typeof reply === 'object') laws.replied(reply);
      } catch (error) {
        laws.requestFailed(key, error);
        reply = 'repeat';
      }
      const isLost = faults.happens('reply lost', `${site}.reply`, 4);
      world.tell(
        () => `Replica ${replica.name} replies to key ${key}: ${inWords(reply)}${isLost ? '; the reply is lost' : ''}.`,
      );
      if (!isLost) answer(reply);
    };
    const patienceMs = PATIENCE_MS[faults.fate(`${site}.patience`, 6, IMPATIENCE)] ?? PATIENCE_MS[0];
    world.after(patienceMs, () => {
      if (turn === this.turn && !this.isDone) this.submit();
    });
  }

  private hear(reply: Reply): void {
    this.turn += 1;
    if (this.isDone) return;
    if (reply === 'repeat' || reply === 'unknown key') return this.later(() => this.submit());
    const { operation, errors } = reply;
    const advice = new Set<RetryAdvice>(errors.map(({ retry }) => retry));
    if (operation?.status === 'PENDING' || advice.has('CHECK_OPERATION')) return this.later(() => this.look());
    if (advice.has('SAME_KEY')) return this.later(() => this.submit());
    if (advice.has('NEW_REQUEST') && operation?.status !== 'PARTIAL' && this.followsAdvice()) {
      this.newKey();
      return this.later(() => this.submit());
    }
    this.finish();
  }

  private followsAdvice(): boolean {
    return this.keys < 3 && this.shop.world.pick(`${this.decision.name}.new-key`, [1, 2]) === 1;
  }

  private later(act: () => void): void {
    if (this.tries === MAX_TRIES) return this.finish();
    const ms = WAITS[Math.min(this.tries, WAITS.length - 1)] ?? 0;
    this.tries += 1;
    const turn = (this.turn += 1);
    this.shop.world.after(ms, () => {
      if (turn === this.turn) act();
    });
  }

  private finish(): void {
    const { world } = this.shop;
    const { name } = this.decision;
    this.isDone = true;
    const ms = world.pickFrom(`${name}.last-look`, LOOKS_MS, [1, 1, 1]);
    world.after(ms, () => (world.pick(`${name}.how`, [1, 1]) === 0 ? this.look() : this.submit()));
  }
}

const COMMAND: Pick<WriteCommand, 'actor' | 'account' | 'guards'> = {
  actor: shopperActor,
  account: 'sim',
  guards: { preview: null, maxIncrease: null },
};

function wishInWords(request: WriteRequest): string {
  switch (request.kind) {
    case 'ADD_UPSELL_ITEM': {
      const what = `add ${request.quantity} of ${request.item.product?.id} to ${request.orderKey}`;
      const how = request.ifPresent === 'REJECT' ? ' unless it is there' : '';
      return `${what}${how}${request.subscribe ? ', as a subscription' : ''}`;
    }
    case 'CONVERT_TO_SUBSCRIPTION':
      return `subscribe to ${request.lineItemKey}`;
    case 'CHANGE_UPSELL_ITEM_QUANTITY':
      return `have ${request.quantity} of ${request.lineItemKey}`;
    case 'REMOVE_UPSELL_ITEM':
      return `remove ${request.lineItemKey}`;
    case 'DECLINE_UPSELL_OFFER':
      return `decline ${request.offerKey}`;
    case 'COMPLETE_CHECKOUT':
      return `finish ${request.checkoutId}`;
  }
}

function inWords(reply: Reply): string {
  if (typeof reply === 'string') return reply;
  const status: Operation['status'] | 'refused' = reply.operation?.status ?? 'refused';
  const errors = reply.errors.map(({ code, retry }) => `${code}, ${retry}`).join('; ');
  return errors ? `${status} (${errors})` : status;
}
