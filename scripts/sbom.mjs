import { readFileSync } from 'node:fs';

/** Prints a CycloneDX bill of materials of what runs in production, from the lockfile and the installed packages. */
const { name, version, packages } = { ...JSON.parse(readFileSync('package-lock.json', 'utf8')) };

const components = Object.entries(packages)
  .filter(([path, { dev, optional }]) => path !== '' && !dev && (!optional || manifestOf(path) !== null))
  .map(([path, { version: locked, integrity }]) => toComponent(path, locked, integrity));

process.stdout.write(
  `${JSON.stringify(
    {
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      version: 1,
      metadata: { component: { type: 'application', name, version, purl: purlOf(name, version) } },
      components,
    },
    null,
    2,
  )}\n`,
);

function toComponent(path, locked, integrity) {
  const title = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const license = manifestOf(path)?.license;
  const [algorithm, digest] = integrity.split('-');
  return {
    type: 'library',
    name: title,
    version: locked,
    purl: purlOf(title, locked),
    'bom-ref': `${path}@${locked}`,
    hashes: [{ alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') }],
    ...(typeof license === 'string' && { licenses: [{ expression: license }] }),
  };
}

function purlOf(title, of) {
  return `pkg:npm/${title.replace('@', '%40')}@${of}`;
}

/** Null for native parts of other platforms. */
function manifestOf(path) {
  try {
    return JSON.parse(readFileSync(`${path}/package.json`, 'utf8'));
  } catch {
    return null;
  }
}
