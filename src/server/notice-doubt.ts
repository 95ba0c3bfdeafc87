import type { ObservedWrite, Observe } from '../domain/observer.js';

/** Reports each write that ends with an unknown outcome. Recoveries, which look again and again, are not reported. */
export function noticeDoubt(observe: Observe, leftInDoubt: (fields: object) => void): Observe {
  return (name, begin, work, endOf) => {
    if (name !== 'write') return observe(name, begin, work, endOf);
    const { account, kind, operationId, isRecovery }: Partial<ObservedWrite> = Object(begin);
    const reporting: typeof work = async (trace) => {
      const result = await work(trace);
      const { status }: { readonly status?: unknown } = Object(endOf(result));
      if (status === 'INDETERMINATE' && isRecovery === false) leftInDoubt({ operationId, account, kind });
      return result;
    };
    return observe(name, begin, reporting, endOf);
  };
}
