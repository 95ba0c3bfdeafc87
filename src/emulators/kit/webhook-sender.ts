import { setTimeout as sleep } from 'node:timers/promises';
import type { EmulatorClock } from './clock.js';
import type { EmulatorEvent, EventLog } from './event-log.js';
import type { WebhookTarget } from './webhook-target.js';

const TIMEOUT_MS = 5_000;

/** One delivery; its headers are made anew for each attempt. */
export interface WebhookCall {
  readonly body: string;
  headers(now: Date): Readonly<Record<string, string>>;
}

/** How a provider delivers webhooks. */
export interface WebhookProtocol<Target extends WebhookTarget> {
  targets(): readonly Target[];
  /** Makes the calls that tell one target what happened together. */
  calls(target: Target, events: readonly EmulatorEvent[]): readonly WebhookCall[];
  /** How long to wait before each attempt, in real milliseconds: shorter than the provider's, nobody waits that long. */
  readonly retryWaitsMs: readonly number[];
  /** Whether a target takes calls, asked before each attempt. A target is open when absent. */
  isOpen?(target: Target): boolean;
  attempted?(target: Target, isTaken: boolean): void;
}

/** Sends what happens to the targets of that moment, at least once and in no promised order. */
export class WebhookSender<Target extends WebhookTarget> {
  #waiting: EmulatorEvent[] = [];

  constructor(
    private readonly clock: EmulatorClock,
    private readonly protocol: WebhookProtocol<Target>,
  ) {}

  listen(events: EventLog): this {
    events.onEvent((event) => this.#collect(event));
    return this;
  }

  /** Repeats until the target takes it, as often as the protocol says. */
  async deliver(target: Target, call: WebhookCall): Promise<void> {
    const { retryWaitsMs, isOpen, attempted } = this.protocol;
    for (const wait of retryWaitsMs) {
      if (wait > 0) await sleep(wait, undefined, { ref: false });
      if (isOpen?.(target) === false) return;
      const isTaken = await send(target.url, call, this.clock.now());
      attempted?.(target, isTaken);
      if (isTaken) return;
    }
  }

  /** Collects what one request caused, which travels together. */
  #collect(event: EmulatorEvent): void {
    if (this.protocol.targets().length === 0) return;
    this.#waiting.push(event);
    if (this.#waiting.length > 1) return;
    setImmediate(() => {
      const events = this.#waiting;
      this.#waiting = [];
      for (const target of this.protocol.targets()) if (!target.lose) void this.#deliverAll(target, events);
    });
  }

  async #repeat(target: Target, call: WebhookCall, afterMs: number): Promise<void> {
    await sleep(afterMs, undefined, { ref: false });
    await this.deliver(target, call);
  }

  async #deliverAll(target: Target, events: readonly EmulatorEvent[]): Promise<void> {
    const ordered = target.shuffle ? events.toReversed() : events;
    for (const call of this.protocol.calls(target, ordered)) {
      for (let copy = 0; copy < (target.duplicate ? 2 : 1); copy += 1) await this.deliver(target, call);
      if (target.repeatAfterMs !== undefined) void this.#repeat(target, call, target.repeatAfterMs);
    }
  }
}

async function send(url: string, call: WebhookCall, now: Date): Promise<boolean> {
  const headers = { ...call.headers(now) };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return fetch(url, { method: 'POST', headers, body: call.body, signal, redirect: 'manual' }).then(
    ({ ok }) => ok,
    () => false,
  );
}
