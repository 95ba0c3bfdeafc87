import type { GraphOperation } from '../../domain/observer.js';

/** Clients choose the names of their operations: only so many become labels, and none that is long. */
const MAX_NAMES = 100;
const MAX_LENGTH = 60;

/** The name to count an operation by; whatever clients send, there are few of them. */
export function createOperationLabels(): (operation: GraphOperation | null) => string {
  const known = new Set<string>();
  return (operation) => {
    if (operation === null) return '(none)';
    const { name } = operation;
    if (name === null) return '(anonymous)';
    if (known.has(name)) return name;
    if (known.size === MAX_NAMES || name.length > MAX_LENGTH) return '(other)';
    known.add(name);
    return name;
  };
}
