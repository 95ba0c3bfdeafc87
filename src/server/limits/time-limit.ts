import { RequestRefused } from '../request-refused.js';

/** Reads are stopped first and answer with what they have. Only what does not heed that is left behind. */
const GRACE_MS = 2_000;

/** Throws `RequestRefused` when `work` has not ended in time. A write goes on: it is settled on record. */
export async function answerInTime<T>(seconds: number, work: T | PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tookTooLong(seconds)), seconds * 1_000 + GRACE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tookTooLong(seconds: number): RequestRefused {
  return new RequestRefused(
    504,
    'REQUEST_TIMEOUT',
    `The request took longer than ${seconds} s. What became of a write, operationByKey tells.`,
  );
}
