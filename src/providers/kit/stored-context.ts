import type { ProviderProblem } from '../../domain/problem.js';
import type { SendResult, WriteProgress, WriteRequest, Writer } from '../../domain/write.js';
import { type Decoder, type JsonObject, listOf, optionalText, recordProblem } from './decode.js';

/**
 * Declares a writer with the decoder of what it stores: what a ledger gives back is decoded before the writer sees it.
 * Nothing is sent, and no step is called done, from a context that cannot be decoded.
 */
export function withStoredContext<Request extends WriteRequest, Context>(
  decode: Decoder<Context>,
  writer: Writer<Request, Context>,
): Writer<Request> {
  const { compensate } = writer;

  async function sendWith(
    progress: WriteProgress,
    send: (progress: WriteProgress<Context>) => Promise<SendResult>,
  ): Promise<SendResult> {
    const stored = decodeProgress(progress, decode);
    return 'problem' in stored
      ? { outcome: 'not_applied', attempts: 0, problem: stored.problem }
      : send(stored.progress);
  }

  return {
    prepare: (request) => writer.prepare(request),
    send: (step, request, progress) => sendWith(progress, (stored) => writer.send(step, request, stored)),
    async inspect(step, request, progress) {
      const stored = decodeProgress(progress, decode);
      return 'problem' in stored
        ? { state: 'unclear', problem: stored.problem }
        : writer.inspect(step, request, stored.progress);
    },
    ...(compensate && {
      compensate: (request: Request, progress: WriteProgress) =>
        sendWith(progress, (stored) => compensate(request, stored)),
    }),
  };
}

function decodeProgress<Context>(
  { snapshot, done }: WriteProgress,
  decode: Decoder<Context>,
): { readonly progress: WriteProgress<Context> } | { readonly problem: ProviderProblem } {
  try {
    return { progress: { snapshot: { ...snapshot, context: decode(snapshot.context) }, done } };
  } catch (error) {
    return { problem: recordProblem(error) };
  }
}

/** Reads a stored list of words; version 0.1 stored it as one text. */
export function storedWords(fields: JsonObject, name: string): readonly string[] {
  const words = Array.isArray(fields[name]) ? listOf(fields, name) : (optionalText(fields, name)?.split(' ') ?? []);
  return words.map(String).filter((word) => word !== '');
}
