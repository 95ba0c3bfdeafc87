import { protocolArrows, type ProtocolState, protocolStates } from './protocol-states.js';

/** Counts the states and transitions that schedules came to. */
export class Coverage {
  private readonly counts = new Map<string, number>();

  note(from: ProtocolState | 'new', to: ProtocolState): void {
    const arrow = `${from} → ${to}`;
    this.counts.set(arrow, (this.counts.get(arrow) ?? 0) + 1);
  }

  visits(state: ProtocolState): number {
    let sum = 0;
    for (const [arrow, count] of this.counts) if (arrow.endsWith(` → ${state}`)) sum += count;
    return sum;
  }

  get unreached(): readonly ProtocolState[] {
    return states.filter((state) => this.visits(state) === 0);
  }

  /** A line for each state with how often it was entered, below it the transitions that left it. */
  report(): string {
    const from = (state: ProtocolState | 'new') =>
      protocolArrows[state].map((to) => {
        const count = this.counts.get(`${state} → ${to}`) ?? 0;
        return `${String(count).padStart(13)}  → ${to}`;
      });
    const blocks = states.map((state) => [`${String(this.visits(state)).padStart(9)}  ${state}`, ...from(state)]);
    return blocks.flat().join('\n');
  }
}

const states = Object.keys(protocolStates) as ProtocolState[];
