import type { Changes, ChangeTopic } from '../../domain/changes.js';

/**
 * Yields at once, and again after hints about the topic. Hints between two pulls count as one, so that a slow reader queues
 * nothing. Subscribes before it returns, so that no change after the first read is missed.
 */
export function watchTopic(changes: Changes, topic: ChangeTopic): AsyncIterableIterator<undefined> {
  return new TopicWatch(changes, topic);
}

const tick: IteratorResult<undefined> = { value: undefined, done: false };
const end: IteratorResult<undefined> = { value: undefined, done: true };

class TopicWatch implements AsyncIterableIterator<undefined> {
  private isDirty = true;
  private isEnded = false;
  private proceed: (() => void) | null = null;
  private readonly unsubscribe: () => void;

  constructor(changes: Changes, topic: ChangeTopic) {
    this.unsubscribe = changes.subscribe(topic, () => {
      this.isDirty = true;
      this.proceed?.();
    });
  }

  async next(): Promise<IteratorResult<undefined>> {
    while (!this.isDirty && !this.isEnded) {
      await new Promise<void>((resolve) => {
        this.proceed = resolve;
      });
    }
    this.proceed = null;
    if (this.isEnded) return end;
    this.isDirty = false;
    return tick;
  }

  async return(): Promise<IteratorResult<undefined>> {
    this.isEnded = true;
    this.unsubscribe();
    this.proceed?.();
    return end;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
