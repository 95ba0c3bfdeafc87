import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { createServer } from '../../src/index.js';

const run = promisify(execFile);
const folder = 'deploy/prometheus';

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly runbook: string };
}

const rules = parse(readFileSync(`${folder}/rules.yaml`, 'utf8'));
const alerts: readonly Alert[] = rules.groups.flatMap((group: { rules: readonly Alert[] }) => group.rules);
const tests: readonly { readonly alert_rule_test: readonly { alertname: string; exp_alerts: readonly unknown[] }[] }[] =
  parse(readFileSync(`${folder}/rules.test.yaml`, 'utf8')).tests;
const dashboard = readFileSync('deploy/grafana/dashboard.json', 'utf8');

function hasPromtool(): boolean {
  try {
    execFileSync('promtool', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const whyNot = hasPromtool() ? '' : ' (left out: there is no promtool here, install prometheus)';
const describeWithPromtool = whyNot === '' ? describe : describe.skip;

/** Names of metrics in PromQL, without what histograms add to theirs. */
function metricsIn(text: string): readonly string[] {
  return [...new Set(text.match(/\b(?:upsell|nodejs|process)_[a-z0-9_]+\b/g))].map((name) =>
    name.replace(/_(bucket|sum|count)$/, ''),
  );
}

describeWithPromtool(`promtool${whyNot}`, () => {
  test('accepts them, and sees each alert fire where it should and nowhere else', async () => {
    const checked = await run('promtool', ['check', 'rules', 'rules.yaml'], { cwd: folder });
    expect(checked.stdout).toContain(`${alerts.length} rules found`);
    const tested = await run('promtool', ['test', 'rules', 'rules.test.yaml'], { cwd: folder });
    expect(tested.stdout).toContain('SUCCESS');
  });
});

describe('the Prometheus rules', () => {
  test('have a test that fires and one that does not for each alert', () => {
    for (const { alert } of alerts) {
      const expected = new Set(
        tests
          .flatMap(({ alert_rule_test }) => alert_rule_test)
          .filter(({ alertname }) => alertname === alert)
          .map(({ exp_alerts }) => exp_alerts.length),
      );
      expect({ alert, quiet: expected.has(0), fires: expected.has(1) }).toEqual({
        alert,
        quiet: true,
        fires: true,
      });
    }
  });

  test('lead to a paragraph of the runbook each, and it has no others', () => {
    const headings = [...readFileSync('docs/runbook.md', 'utf8').matchAll(/^## (Upsell\w+)$/gm)].map(
      ([, name]) => name,
    );
    expect(headings).toEqual(alerts.map(({ alert }) => alert));
    for (const { alert, annotations } of alerts) {
      expect(annotations.runbook).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
    }
  });
});

describe('metrics', () => {
  let page = '';

  beforeAll(async () => {
    const server = await createServer({ config: { sandbox: true }, env: { PORT: '0' }, log: { write() {} } });
    page = await (await fetch(`${server.url}/metrics`)).text();
    await server.close();
  });

  test.each([
    ['alerts', alerts.map(({ expr }) => expr).join('\n')],
    ['the dashboard', dashboard],
    ['the documentation', readFileSync('docs/observability.md', 'utf8') + readFileSync('docs/runbook.md', 'utf8')],
  ])('that %s name are on the page', (_where, text) => {
    const shown = new Set([...page.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    const named = metricsIn(text);
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((name) => !shown.has(name))).toEqual([]);
  });

  test('of the page are all documented', () => {
    const own = [...page.matchAll(/^# TYPE (upsell_\S+)/gm)].map(([, name = '']) => name);
    const documented = metricsIn(readFileSync('docs/observability.md', 'utf8'));
    expect(own.filter((name) => !documented.includes(name))).toEqual([]);
  });
});

test('the bill of materials lists every package that runs in production', async () => {
  const { stdout } = await run('npm', ['run', '--silent', 'sbom'], { maxBuffer: 1e8 });
  const { bomFormat, components } = JSON.parse(stdout);
  const named = components.map(({ name }: { name: string }) => name);
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(bomFormat).toBe('CycloneDX');
  expect(named).toEqual(expect.arrayContaining(Object.keys(dependencies)));
  expect(named).not.toContain('jest');
});
