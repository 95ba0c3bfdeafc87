/** The lists a query reads, by customer. Each list is read once, and readers take records from those being read. */
export interface ListPlan<Lists> {
  /** Starts the wanted lists of a customer and returns all lists of that customer that are being read. */
  plan<const Wanted extends Want<Lists>>(customerId: string, wanted: Wanted): Planned<Lists, Wanted>;
  /** Returns one list of every customer, where it is being read. */
  planned<Name extends keyof Lists>(name: Name): readonly Promise<Lists[Name]>[];
}

export type Want<Lists> = { readonly [Name in keyof Lists]?: boolean };

/** A list that is not wanted is there when an earlier plan wanted it. */
export type Planned<Lists, Wanted> = {
  readonly [Name in keyof Lists]: Name extends keyof Wanted
    ? Wanted[Name] extends true
      ? Promise<Lists[Name]>
      : Promise<Lists[Name]> | undefined
    : Promise<Lists[Name]> | undefined;
};

type ListReads<Lists> = { readonly [Name in keyof Lists]: (customerId: string) => Promise<Lists[Name]> };
type Reading<Lists> = { [Name in keyof Lists]?: Promise<Lists[Name]> };

export function createListPlan<Lists extends object>(reads: ListReads<Lists>): ListPlan<Lists> {
  const plans = new Map<string, Reading<Lists>>();
  return {
    plan<const Wanted extends Want<Lists>>(customerId: string, wanted: Wanted) {
      const plan: Reading<Lists> = plans.get(customerId) ?? {};
      plans.set(customerId, plan);
      for (const name in reads) if (wanted[name]) plan[name] ??= start(reads[name], customerId);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Every wanted list was started above.
      return plan as Planned<Lists, Wanted>;
    },
    planned: (name) => [...plans.values()].flatMap((plan) => plan[name] ?? []),
  };
}

/** Starts a read whose failure does not end the process when no reader takes it. */
function start<T>(read: (customerId: string) => Promise<T>, customerId: string): Promise<T> {
  const list = read(customerId);
  list.catch(() => {});
  return list;
}
