import type { LineItem } from '../../domain/line-item.js';
import type { LostAnswer, SendResult, WriteProgress, WriteRequest, Writer } from '../../domain/write.js';
import { type Decoder, type JsonObject, listOf, optionalText, recordProblem } from './decode.js';

/**
 * Declares a writer with the decoder of what it stores: what a ledger gives back is decoded before the writer sees it.
 * Nothing is sent, and nothing concluded, from a context that cannot be decoded.
 */
export function withStoredContext<Request extends WriteRequest, Context>(
  decode: Decoder<Context>,
  writer: Writer<Request, Context>,
): Writer<Request> {
  const { lookElsewhere, takeBack, remember } = writer;
  const decoded = (progress: WriteProgress): WriteProgress<Context> => ({
    ...progress,
    context: decode(progress.context),
  });

  async function sendWith(
    progress: WriteProgress,
    send: (progress: WriteProgress<Context>) => Promise<SendResult>,
  ): Promise<SendResult> {
    let stored: WriteProgress<Context>;
    try {
      stored = decoded(progress);
    } catch (error) {
      return { outcome: 'not_applied', attempts: 0, problem: { ...recordProblem(error), notSent: 'NOT_READABLE' } };
    }
    return send(stored);
  }

  return {
    prepare: (request, shown) => writer.prepare(request, shown),
    send: (step, request, progress) => sendWith(progress, (stored) => writer.send(step, request, stored)),
    look: async (request, progress) => writer.look(request, decoded(progress)),
    ...(lookElsewhere && {
      lookElsewhere: async (request: Request, progress: WriteProgress, lost: LostAnswer) =>
        lookElsewhere(request, decoded(progress), lost),
    }),
    ...(takeBack && {
      takeBack: (request: Request, progress: WriteProgress, moved: LineItem) =>
        sendWith(progress, (stored) => takeBack(request, stored, moved)),
    }),
    ...(remember && {
      remember: async (request: Request, progress: WriteProgress) => remember(request, decoded(progress)),
    }),
  };
}

/** Reads a stored list of words; version 0.1 stored it as one text. */
export function storedWords(fields: JsonObject, name: string): readonly string[] {
  const words = Array.isArray(fields[name]) ? listOf(fields, name) : (optionalText(fields, name)?.split(' ') ?? []);
  return words.map(String).filter((word) => word !== '');
}
