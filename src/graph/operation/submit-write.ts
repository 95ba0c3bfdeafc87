import { requireScope } from '../../auth/access.js';
import { problem } from '../../domain/problem.js';
import { invalid, providerFailed, type Refusal } from '../../domain/refusal.js';
import { targetNotFound, type WriteRequest } from '../../domain/write.js';
import type { WriteGuards, WriteResult } from '../../operations/write-command.js';
import type { GraphContext } from '../context.js';
import { checkInput } from '../input/check-input.js';
import { checkItem } from '../input/check-item.js';
import type { UpsellItemInput } from '../input/upsell-item-input.type.js';
import type { WriteGuardsInput } from '../input/write-guards-input.type.js';
import { decodePreviewId } from '../preview/preview-id.js';
import type { WritePayload } from './operation-payload.type.js';
import { sessionAt } from '../shopper-sessions.js';
import { toOperationRecord } from './operation.type.js';
import { parseMoney } from '../../domain/money.js';

export interface WriteInput {
  readonly idempotencyKey: string;
  /** Milliseconds. */
  readonly answerWithin?: number | null;
  readonly item?: UpsellItemInput;
  readonly guards?: WriteGuardsInput | null;
}

/** A validated input, decoded. */
export interface DecodedWrite {
  /** Key of the provider account. */
  readonly account: string;
  readonly request: WriteRequest;
}

/** Validates an input, submits the write, and invalidates what was read. Returns expected problems in the payload. */
export async function submitWrite(
  context: GraphContext,
  input: WriteInput,
  decode: () => DecodedWrite,
): Promise<WritePayload> {
  const refusals = refusalsOf(context, input);
  if (refusals.length > 0) return refused(refusals);
  const { account, request } = decode();
  const connected = context.accounts.get(account);
  if (!connected) return refused([targetNotFound(request)]);
  const impossible = checkItem(input.item, connected);
  if (impossible.length > 0) return refused(impossible);
  const misplaced = misplacementOf(input, account);
  if (misplaced) return refused([misplaced]);
  // The client was answered, and must not be surprised by what it was told had failed.
  if (context.signal.aborted) return refused([providerFailed(tooLate, 'SAME_KEY')]);
  const result = await context.writes
    .run({
      actor: context.actor,
      account,
      idempotencyKey: input.idempotencyKey,
      request,
      guards: toWriteGuards(input.guards),
      answerWithinMs: input.answerWithin ?? null,
      session: sessionAt(context.sessions, account),
    })
    .finally(() => context.sources.invalidate(account));
  if (result.view) context.sources.get(account)?.loaders.prime(result.view);
  return toPayload(result);
}

const tooLate = problem('TIMEOUT', 'The time of the request was over before this write began.');

/** Returns the refusal of the token, or else every broken rule of the input. */
function refusalsOf({ actor }: GraphContext, input: WriteInput): readonly Refusal[] {
  const forbidden = requireScope(actor, 'upsell:write');
  return forbidden ? [forbidden] : checkInput(input);
}

function misplacementOf({ guards }: WriteInput, account: string): Refusal | null {
  const preview = guards?.previewId ? decodePreviewId(guards.previewId) : null;
  if (!preview || preview.account === account) return null;
  return invalid(
    ['guards', 'previewId'],
    'PREVIEW_MATCHES',
    'This preview was made for another order, item or quantity.',
  );
}

function refused(errors: readonly Refusal[]): WritePayload {
  return { operation: null, errors, replayed: false };
}

function toPayload({ operation, errors, replayed }: WriteResult): WritePayload {
  return { operation: operation && toOperationRecord(operation), errors, replayed };
}

/** Decodes the guards of a validated input. */
function toWriteGuards(input: WriteGuardsInput | null | undefined): WriteGuards {
  const { previewId, maxIncrease } = input ?? {};
  return {
    preview: previewId ? (decodePreviewId(previewId)?.bound ?? null) : null,
    maxIncrease: maxIncrease ? parseMoney(maxIncrease.amount, maxIncrease.currency, 'PROVIDER') : null,
  };
}
