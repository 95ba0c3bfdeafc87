import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Service } from 'kubernetes-models/v1';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config.js';
import { providers } from '../../src/providers/index.js';

const folder = 'deploy/kubernetes';

interface Checked {
  validate(): void;
}

/** Each kind with the schema of its API version. */
const kinds: Readonly<Record<string, new (manifest: never) => Checked>> = {
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
  ServiceMonitor,
};

function read(file: string) {
  return parse(readFileSync(`${folder}/${file}`, 'utf8'));
}

const applied: readonly string[] = read('kustomization.yaml').resources;

describe('the Kubernetes manifests', () => {
  test('are all applied, but for what only some clusters know', () => {
    const present = readdirSync(folder).filter((file) => !['kustomization.yaml', 'cilium-egress.yaml'].includes(file));
    expect([...applied].sort()).toEqual(present.sort());
  });

  test.each(applied)('%s follows the schema of its kind', (file) => {
    const manifest = read(file);
    const Kind = kinds[manifest.kind];
    if (!Kind) throw new Error(`There is no schema for ${manifest.kind}.`);
    expect(() => new Kind(manifest as never).validate()).not.toThrow();
  });

  test('a mistake in one is noticed', () => {
    const manifest = read('deployment.yaml');
    manifest.spec.template.spec.containers[0].readinessProbe.periodSeconds = 'often';
    expect(() => new Deployment(manifest).validate()).toThrow('must be integer');
  });

  test('select the pods they mean', () => {
    const { labels } = read('deployment.yaml').spec.template.metadata;
    expect(read('deployment.yaml').spec.selector.matchLabels).toEqual(labels);
    expect(read('service.yaml').spec.selector).toEqual(labels);
    expect(read('poddisruptionbudget.yaml').spec.selector.matchLabels).toEqual(labels);
    expect(read('networkpolicy.yaml').spec.podSelector.matchLabels).toEqual(labels);
    expect(read('servicemonitor.yaml').spec.selector.matchLabels).toEqual(read('service.yaml').metadata.labels);
    expect(read('cilium-egress.yaml').spec.endpointSelector.matchLabels).toEqual(labels);
  });

  test('carry a configuration that is accepted once its variables are set', () => {
    const text: string = read('configmap.yaml').data['upsell-graph.yaml'];
    const names = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name);
    const env: Record<string, string> = Object.fromEntries(
      names.map((name) => [name, '0f1e2d3c4b5a69788796a5b4c3d2e1f0']),
    );
    env['DATABASE_URL'] = 'postgres://user:password@db:5432/upsell';
    const loaded = loadConfig({ configPath: 'mounted.yaml', providers, env, readFile: () => text });
    expect(loaded).toMatchObject({ outcome: 'loaded', config: { server: { port: 4000 } } });
    const ports = read('deployment.yaml').spec.template.spec.containers[0].ports;
    if (loaded.outcome !== 'loaded') throw new Error(loaded.message);
    const { server, observability } = loaded.config;
    expect(ports.map(({ containerPort }: { containerPort: number }) => containerPort)).toEqual([
      server.port,
      observability.metricsPort,
    ]);
  });

  test('let out to the hosts of each provider', () => {
    const rules: { toFQDNs?: { matchName?: string; matchPattern?: string }[] }[] =
      read('cilium-egress.yaml').spec.egress;
    const names = rules.flatMap(({ toFQDNs = [] }) =>
      toFQDNs.flatMap(({ matchName, matchPattern }) => matchName ?? matchPattern),
    );
    for (const [word, { defaultBaseUrl, settings: Settings }] of Object.entries(providers)) {
      const urls = [defaultBaseUrl ?? `https://acme.${word}.com`, ...Object.values(new Settings())].filter(isUrl);
      for (const url of urls) {
        const { hostname } = new URL(url);
        expect(names).toContain(names.includes(hostname) ? hostname : hostname.replace(/^[^.]+/, '*'));
      }
    }
  });
});

function isUrl(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('https://');
}
