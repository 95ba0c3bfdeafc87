import { readFileSync } from 'node:fs';

/** Root of the package, two levels above both `src/server` and `dist/server`. */
const packageRoot = new URL('../../', import.meta.url);

export function packageFile(path: string): URL {
  return new URL(path, packageRoot);
}

export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : null;
  return String(version);
}
