import type { ChangeTopic } from '../../domain/changes.js';
import type { GraphContext } from '../context.js';
import { assertMayRead } from '../errors/not-permitted.js';
import { watchTopic } from './watch-topic.js';

const NO_RECORD: ChangeTopic = 'none';

/** Watches the topic of a record; without one yields once, because the record does not exist. Throws `NotPermitted`. */
export function watchRecord(
  { actor, changes }: GraphContext,
  topic: ChangeTopic | null,
): AsyncIterableIterator<undefined> {
  assertMayRead(actor);
  return watchTopic(changes, topic ?? NO_RECORD);
}
