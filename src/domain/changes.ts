/** Names a record that may have changed, for subscribers in all replicas. Never holds what changed. */
export type ChangeTopic = string;

/** Announces that records may have changed. A hint, never data: subscribers read again, and a hint may arrive twice. */
export interface Changes {
  /** Calls the subscribers of the topics, in this process in its next turn and in others soon after. Never throws. */
  publish(topics: readonly ChangeTopic[]): void;
  /** Calls `onChange` for each hint until the returned function is called. */
  subscribe(topic: ChangeTopic, onChange: () => void): () => void;
}

/** Returns the topic of an order. `lockName` is shared by orders of which a change to one may change the others. */
export function orderTopic(lockName: string): ChangeTopic {
  return `order:${lockName}`;
}

export function operationTopic(operationId: string): ChangeTopic {
  return `operation:${operationId}`;
}
