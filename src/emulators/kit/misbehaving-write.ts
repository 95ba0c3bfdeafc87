import type { FastifyReply } from 'fastify';
import type { EmulatorContext } from './context.js';
import type { Deeds, Misbehaviour, MisbehaviourKind, MisbehaviourOf } from './misbehaviours.js';
import { Refusal } from './refusal.js';
import type { Write, WriteGate } from './write-gate.js';

/** Nobody hears what became of the request. */
export class AnswerLost extends Error {
  constructor(readonly how: 'reset' | 'hang' | 'gatewayTimeout') {
    super('The answer is lost.');
  }
}

export function loseAnswer(reply: FastifyReply, { how }: AnswerLost): FastifyReply {
  if (how === 'gatewayTimeout') return reply.code(504).type('text/html').send('<html><h1>504</h1></html>');
  reply.hijack();
  if (how === 'reset') reply.raw.destroy();
  return reply;
}

interface Rules<Exchange> {
  readonly context: Pick<EmulatorContext<unknown>, 'deferred' | 'staleReads' | 'store'>;
  readonly writes: WriteGate;
  readonly deeds?: Deeds<Exchange>;
}

/** Applies a write as the misbehaviour says: late, not at all, or with what the provider does to its books around it. */
export async function runWrite<Exchange>(
  { context, writes, deeds = {} }: Rules<Exchange>,
  misbehaviour: Misbehaviour,
  exchange: Exchange,
  write: Write<unknown>,
): Promise<unknown> {
  const run = () => writes.run(write);
  if (misbehaviour.kind === 'applyLate') {
    context.deferred.in(misbehaviour.seconds, () => applyUnheard(write));
    throw new AnswerLost(misbehaviour.answer ?? 'reset');
  }
  // Its errors are put into the finished answer.
  if (misbehaviour.kind === 'answerErrors') return misbehaviour.applies ? run() : {};
  if (misbehaviour.kind === 'staleReads') context.staleReads.begin(context.store, misbehaviour.seconds);
  return runBetween(context, misbehaviour, deedFor(deeds, misbehaviour, exchange), run);
}

/** Applies a write whose caller is gone. A refusal that comes too late is heard by nobody either. */
function applyUnheard(write: Write<unknown>): void {
  try {
    void write.apply();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

async function runBetween(
  { deferred }: Rules<unknown>['context'],
  misbehaviour: Misbehaviour,
  begin: () => (() => void) | undefined,
  run: () => Promise<unknown>,
): Promise<unknown> {
  const finish = begin();
  const result = await run();
  const seconds = 'afterSeconds' in misbehaviour ? (misbehaviour.afterSeconds ?? 0) : 0;
  if (finish) deferred.in(seconds, finish);
  return result;
}

function deedFor<Exchange, Kind extends MisbehaviourKind>(
  deeds: Deeds<Exchange>,
  misbehaviour: MisbehaviourOf<Kind> & { readonly kind: Kind },
  exchange: Exchange,
): () => (() => void) | undefined {
  const deed = deeds[misbehaviour.kind];
  return () => deed?.(exchange, misbehaviour);
}
