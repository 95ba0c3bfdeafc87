/**
 * Tries the laws of the judge in many random worlds, and each seeded mistake of a judge against the law it breaks. Run as
 * `npm run laws -- --cases <n> --runs <n>`.
 */
import { parseArgs } from 'node:util';
import { judge } from '../../../src/operations/outcome/judge.js';
import { breachOf } from './check-law.js';
import { laws } from './laws.js';
import { mutants } from './mutants.js';
import { plans } from './plans.js';

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '20000' }, runs: { type: 'string', default: '1' } },
});
const runs = Number(values.runs);
/** Worlds of one plan in one run. */
const worlds = Math.ceil(Number(values.cases) / plans.length);
const providers = [...new Set(plans.map(({ provider }) => provider))];
let breaches = 0;

for (let run = 0; run < runs; run += 1) {
  for (const [name, law] of Object.entries(laws)) {
    for (const plan of plans) {
      const breach = breachOf(law, judge, plan, worlds);
      if (!breach) continue;
      breaches += 1;
      print(`${plan.provider} ${plan.name}, law ${name}: seed ${breach.seed}, path ${breach.path}\n  ${breach.text}`);
    }
  }
}

print(['law', ...providers].join(' | '));
for (const name of Object.keys(laws)) {
  const tried = providers.map((provider) => worlds * runs * plans.filter((plan) => plan.provider === provider).length);
  print([name, ...tried].join(' | '));
}
print(`${breaches} breaches`);

let escaped = 0;
print('\nmutant of the judge | breaks law | caught at');
for (const { name, law, judging } of mutants) {
  const broken = laws[law];
  const catching = plans.filter((plan) => broken && breachOf(broken, judging, plan, worlds) !== null);
  escaped += Number(catching.length === 0);
  const at = [...new Set(catching.map(({ provider }) => provider))].join(', ');
  print(`${name} | ${law} | ${at === '' ? 'NOT CAUGHT' : at}`);
}
process.exitCode = breaches + escaped > 0 ? 1 : 0;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
