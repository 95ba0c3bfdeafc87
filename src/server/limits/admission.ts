import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestRefused } from '../request-refused.js';

/** Requests begun in one turn of the event loop. A turn gets longer the more is under way, so fewer begin then. */
const BEGUN_IN_A_TURN = 4;

const RETRY_SECONDS = 1;

/** Lets a request begin: at once, in a later turn, or never when too many wait already. */
export class Admission {
  private begun = 0;
  private readonly waiting: (() => void)[] = [];

  /** `mostWaiting`: requests that wait for a turn; the next are refused. */
  constructor(private readonly mostWaiting: number) {}

  /** Returns null to begin at once, and a promise to begin when it resolves. Throws `RequestRefused` when too many wait. */
  enter(): Promise<void> | null {
    if (this.begun === 0) setImmediate(() => this.turn());
    if (this.begun < BEGUN_IN_A_TURN) {
      this.begun += 1;
      return null;
    }
    if (this.waiting.length >= this.mostWaiting) throw overloaded();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private turn(): void {
    const next = this.waiting.splice(0, BEGUN_IN_A_TURN);
    this.begun = next.length;
    if (next.length > 0) setImmediate(() => this.turn());
    for (const begin of next) begin();
  }
}

/** Makes a hook that refuses requests above what this process can begin, before anything is read or done for them. */
export function admitInTurn(mostWaiting: number) {
  const admission = new Admission(mostWaiting);
  return async (_request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    try {
      await admission.enter();
    } catch (error) {
      void reply.header('retry-after', String(RETRY_SECONDS));
      throw error;
    }
  };
}

function overloaded(): RequestRefused {
  return new RequestRefused(503, 'OVERLOADED', 'More requests came than can be begun. Try again; nothing was done.');
}
