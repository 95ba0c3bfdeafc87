import type { Operation } from '../../src/domain/operation.js';
import type { WriteRequest } from '../../src/domain/write.js';
import type { WriteService } from '../../src/operations/write-service.js';
import type { Faults } from './faults.js';
import { EPOCH, type World } from './world.js';

/** One run of a replica's process, from start to crash. */
export interface Life {
  readonly replica: Replica;
  readonly bornAt: number;
  isAlive: boolean;
  /** The intent this process stored last, by the request it is for. */
  readonly intents: Map<WriteRequest, Pick<Operation, 'id' | 'version'>>;
  service: WriteService | null;
}

type Delivery = { readonly life: Life; readonly isTimer: boolean; readonly run: () => void };

const RESTART_MS = [2_000, 300, 20_000, 70_000] as const;
const FREEZE_MS = [4_000, 500, 1_500] as const;
const LONG_FREEZE_MS = [40_000, 55_000, 90_000] as const;
const JUMP_MS = [500, -500, 1_500, -1_500] as const;

/**
 * A process on a machine with a wall clock of its own. Whatever reaches it passes here: that is where it can crash, after
 * which none of its awaits resumes, or freeze, so that they resume later.
 */
export class Replica {
  life: Life | null = null;
  /** Of its wall clock, against true time. */
  offsetMs = 0;
  private frozen: Delivery[] | null = null;

  constructor(
    readonly name: string,
    private readonly world: World,
    private readonly faults: Faults,
    private readonly boot: (life: Life) => WriteService,
  ) {}

  wallClock(): Date {
    return new Date(EPOCH + this.world.now + this.offsetMs);
  }

  monotonicMs(): number {
    return this.world.now - (this.life?.bornAt ?? 0);
  }

  start(): void {
    const life: Life = { replica: this, bornAt: this.world.now, isAlive: true, intents: new Map(), service: null };
    this.life = life;
    this.world.hasWoken = true;
    life.service = this.boot(life);
    life.service.start();
  }

  /** Hands something to the process after a while, unless it has died by then. */
  deliver(life: Life, ms: number, run: () => void, isTimer = false): void {
    this.world.after(ms, () => this.arrive({ life, isTimer, run }));
  }

  /** Polls again and again while there is nothing to do, without waking the process for it. */
  deliverWhen(life: Life, everyMs: number, isDue: () => boolean, run: () => void): void {
    this.world.idle(everyMs, () => {
      if (!life.isAlive) return;
      if (isDue()) this.arrive({ life, isTimer: true, run });
      else this.deliverWhen(life, everyMs, isDue, run);
    });
  }

  private arrive(delivery: Delivery): void {
    const { life, run } = delivery;
    if (!life.isAlive) return;
    if (this.frozen) {
      this.frozen.push(delivery);
      return;
    }
    if (this.faults.strike(this)) {
      this.arrive(delivery);
      return;
    }
    this.world.hasWoken = true;
    run();
  }

  crash(): void {
    const { world, life } = this;
    if (!life) return;
    life.isAlive = false;
    this.life = null;
    this.frozen = null;
    const restartMs = world.pickFrom(`${this.name}.restart`, RESTART_MS, [4, 2, 2, 1]);
    world.tell(() => `Replica ${this.name} crashes; it starts again in ${restartMs / 1000} s.`);
    world.after(restartMs, () => {
      world.tell(() => `Replica ${this.name} starts again.`);
      this.start();
    });
  }

  freeze(isLong: boolean): void {
    const { world, life } = this;
    if (!life || this.frozen) return;
    const values = isLong ? LONG_FREEZE_MS : FREEZE_MS;
    const freezeMs = world.pickFrom(`${this.name}.freeze`, values, [3, 2, 1]);
    world.tell(() => `Replica ${this.name} freezes for ${freezeMs / 1000} s.`);
    this.frozen = [];
    world.after(freezeMs, () => this.resume(life));
  }

  /** What came in the meantime is handled first by kind: a process that wakes may see answers before timers, or the reverse. */
  private resume(life: Life): void {
    const waiting = this.frozen;
    if (!life.isAlive || !waiting) return;
    this.frozen = null;
    const areTimersFirst = this.world.pick(`${this.name}.resume`, [1, 1]) === 1;
    this.world.tell(() => `Replica ${this.name} resumes.`);
    const isFirst = ({ isTimer }: Delivery) => isTimer === areTimersFirst;
    for (const delivery of [...waiting.filter(isFirst), ...waiting.filter((each) => !isFirst(each))]) {
      this.world.after(0, () => this.arrive(delivery));
    }
  }

  jump(): void {
    const ms = this.world.pickFrom(`${this.name}.jump`, JUMP_MS, [1, 1, 1, 1]);
    this.offsetMs += ms;
    this.world.tell(() => `The clock of replica ${this.name} jumps by ${ms} ms.`);
  }
}
