/** What was aimed at, each with what was measured. `results` holds the rows of each scenario by its key. */
export function checkTargets(results, hanging) {
  const at = (key, name) => results.get(key)?.find((row) => row.name === name);
  const ratio = (key, figure, name, other) => at(key, name)?.[figure] / at(key, other)?.[figure];
  return [
    atLeast(0.45, 'requests/s of the floor, 20 orders, 0 ms', ratio('20/0', 'perSecond', 'ours', 'floor')),
    atLeast(4, 'requests/s of Apollo Server by hand, 20 orders, 0 ms', ratio('20/0', 'perSecond', 'ours', 'apollo')),
    atLeast(6, 'requests/s of Hive Gateway, 20 orders, 0 ms', ratio('20/0', 'perSecond', 'ours', 'hive')),
    atMost(0.75, 'p50 of the sequential floor, 20 orders, 20 ms', ratio('20/20', 'p50', 'ours', 'sequentialFloor')),
    atMost(1.15, 'p50 of the floor, 20 orders, 20 ms', ratio('20/20', 'p50', 'ours', 'floor')),
    atMost(5, 'CPU of 20 orders for 100 orders', at('100/0', 'ours')?.cpuMs / at('20/0', 'ours')?.cpuMs),
    atMost(1, 'upstream calls of the floor, 100 orders', ratio('100/0', 'calls', 'ours', 'floor')),
    atMost(2, 'peak memory of the floor, 20 orders, 0 ms', ratio('20/0', 'peakMib', 'ours', 'floor')),
    ...(hanging ? [atMost(1.2, 'p99 of the others while one of four providers hangs', hanging.ratio)] : []),
  ].filter(({ measured }) => !Number.isNaN(measured));
}

function atLeast(bound, what, measured) {
  return { what, bound: `≥ ${bound} ×`, measured, isMet: measured >= bound };
}

function atMost(bound, what, measured) {
  return { what, bound: `≤ ${bound} ×`, measured, isMet: measured <= bound };
}
