import type { Account } from '../../src/domain/account.js';
import type { Transport } from '../../src/domain/transport.js';
import type { Person, Subject } from './subjects.js';

/** Providers that confuse two shoppers: who asks for the one is answered with the other, in lists and by key. */
export class MixedUpProviders {
  /** Writes since it was last emptied, as `account METHOD path`. */
  readonly writes: string[] = [];
  /** How many requests there were since it was last set to 0. */
  calls = 0;
  /** Account → how many requests were answered for the wrong shopper. */
  readonly struck = new Map<string, number>();
  private swaps: ReadonlyMap<string, readonly Swap[]> = new Map();

  readonly between = (transport: Transport, { key }: Account): Transport => {
    return (request) => {
      this.calls += 1;
      if (request.kind === 'write') this.writes.push(`${key} ${request.method} ${request.urlTemplate}`);
      const swaps = this.swaps.get(key) ?? [];
      const url = swapped(request.url, swaps);
      const body = request.body === undefined ? undefined : swapped(request.body, swaps);
      if (url === request.url && body === request.body) return transport(request);
      this.struck.set(key, (this.struck.get(key) ?? 0) + 1);
      return transport({ ...request, url, ...(body !== undefined && { body }) });
    };
  };

  begin(asked: Person, answered: Person, askedFor: readonly Subject[], given: readonly Subject[]): void {
    const accounts = Object.keys(asked.customers);
    this.swaps = new Map(
      accounts.map((account) => [
        account,
        [
          [asked.customers[account] ?? '', answered.customers[account] ?? ''] as const,
          ...askedFor.filter((subject) => subject.account === account).flatMap((subject) => swapsFor(subject, given)),
        ],
      ]),
    );
  }

  end(): void {
    this.swaps = new Map();
  }
}

type Swap = readonly [from: string, to: string];

/** Keys are joined of several identifiers. */
function swapsFor({ account, type, key }: Subject, given: readonly Subject[]): readonly Swap[] {
  const other = given.find((each) => each.account === account && each.type === type);
  const parts = other?.key.split(/[/:]/) ?? [];
  return key.split(/[/:]/).flatMap((part, index) => {
    const to = parts[index];
    return part.length > 2 && to !== undefined && to !== part ? [[part, to] as const] : [];
  });
}

function swapped(text: string, swaps: readonly Swap[]): string {
  return swaps.reduce(
    (changed, [from, to]) => changed.replaceAll(from, to).replaceAll(encodeURIComponent(from), encodeURIComponent(to)),
    text,
  );
}
