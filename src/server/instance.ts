import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { packageVersion } from './package-files.js';

/** What tells this process from others, in logs and spans: https://opentelemetry.io/docs/specs/semconv/resource/service/ */
export const instance = {
  'service.instance.id': randomUUID(),
  'service.version': packageVersion(),
  /** In Kubernetes the name of the pod: the replica. */
  'host.name': hostname(),
} as const;
