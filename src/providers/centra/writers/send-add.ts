import { problem } from '../../../domain/problem.js';
import type { SendResult, WriteProgress } from '../../../domain/write.js';
import { errorsIn } from '../errors-in.js';
import { attempt } from '../reads.js';
import { toLineKey } from '../record-id.js';
import type { CentraResult } from '../requests.js';
import type { Session } from '../session.js';
import { decodeOrder, findOrder, type WireOrder } from '../wire.js';
import { addedLines, contextOf } from './add-context.js';
import { refusalOf } from './add-refusal.js';

/** Neither the body of a success nor the errors of a refusal are documented: https://docs.centra.com/fe-development/cross-sell */
export async function sendAdd(session: Session, progress: WriteProgress): Promise<SendResult> {
  const { orderNumber, item } = contextOf(progress.snapshot);
  const result = await session.client.addItem(orderNumber, item);
  const { outcome, attempts, body } = result;
  switch (outcome) {
    case 'answered':
      if (errorsIn(body) !== null) return refuse(session, progress, result);
      return (await confirm(session, progress, result)) ?? { outcome: 'unknown', attempts, problem: unreadable };
    case 'refused':
      return refuse(session, progress, result);
    case 'not_applied':
    case 'unknown':
      return { outcome, attempts, problem: result.problem ?? unreadable };
  }
}

/** The new line from the answer, or from a read where the answer does not show the order. */
async function confirm(
  session: Session,
  progress: WriteProgress,
  { attempts, body }: CentraResult,
): Promise<SendResult | null> {
  const stated = findOrder(body);
  const order = stated ? await attempt(decoded(stated)) : await readAgain(session, progress);
  const wire = 'value' in order ? order.value : null;
  const line = wire && addedLines(wire, progress).fresh.at(-1);
  if (!line) return null;
  const result = { orderKey: wire.order, lineItemKey: toLineKey({ order: wire.order, line: line.line }) };
  return { outcome: 'confirmed', attempts, result };
}

async function decoded(fields: object): Promise<WireOrder> {
  return decodeOrder(fields);
}

function readAgain({ reads }: Session, { snapshot }: WriteProgress) {
  return attempt(reads.order.get(contextOf(snapshot).orderNumber));
}

async function refuse(session: Session, progress: WriteProgress, result: CentraResult): Promise<SendResult> {
  return { outcome: 'refused', attempts: result.attempts, refusal: await refusalOf(session, progress, result) };
}

const unreadable = problem('CONTRACT_DRIFT', 'Centra took the item, and its answer does not show the new line.');
