import { dirname, join } from 'node:path/posix';
import type { SourceFacts } from './source-facts.js';

/** A sentence for each rule a file breaks. */
export function violationsOf(file: SourceFacts): readonly string[] {
  const violations = [
    ...directionViolations(file),
    ...packageViolations(file),
    ...loadingViolations(file),
    ...nameViolations(file.path),
    ...recordViolations(file),
    ...memoryViolations(file),
    ...guardViolations(file),
    ...commentViolations(file),
    ...(file.hasComputedImport ? ['imports a module that cannot be told by reading'] : []),
    ...(file.readsEnvironment && !isIn(file.path, 'config') ? ['reads the environment; only config may'] : []),
    ...(file.comparesCustomers && !isIn(file.path, 'emulators')
      ? ['compares customers as text; `sameCustomer` may']
      : []),
    ...(file.usesConsole && !isIn(file.path, 'main') ? ['writes to the console; only main may'] : []),
  ];
  return violations.map((violation) => `${file.path} ${violation}`);
}

/** What each folder of `src` may import besides itself. A folder that is not listed here does not exist. */
const directions: Readonly<Record<string, readonly string[] | 'everything'>> = {
  domain: [],
  http: ['domain'],
  providers: ['domain', 'http'],
  operations: ['domain'],
  storage: ['domain', 'operations'],
  auth: ['domain'],
  observability: ['domain', 'operations'],
  graph: ['domain', 'operations', 'auth'],
  config: ['domain', 'auth'],
  emulators: [],
  server: 'everything',
  main: 'everything',
  index: 'everything',
};

/** Folders whose own folders may not know each other, and what of the folder all of them share. */
const separated: Readonly<Record<string, readonly string[]>> = { providers: ['kit'], emulators: ['kit'] };

function directionViolations({ path, imports }: SourceFacts): readonly string[] {
  const from = placeOf(path);
  const allowed = directions[from.folder];
  if (!allowed) return [`lies in ${from.folder}, which is no folder of the layout`];
  return imports.filter(isRelative).flatMap((name) => {
    const to = placeOf(join(dirname(path), name));
    if (to.folder !== from.folder) {
      const isAllowed = allowed === 'everything' || allowed.includes(to.folder);
      return isAllowed ? [] : [`imports ${to.folder}; ${from.folder} may not`];
    }
    const shared = separated[from.folder];
    const isForeign = from.part !== null && to.part !== from.part && !shared?.includes(to.part ?? '');
    return shared && isForeign ? [`imports ${to.folder}/${to.part ?? 'index'}; its neighbours may not`] : [];
  });
}

function packageViolations({ path, imports }: SourceFacts): readonly string[] {
  const { folder } = placeOf(path);
  const packages = imports.filter((name) => !isRelative(name));
  if (folder === 'domain') return packages.map((name) => `imports ${name}; the domain imports no package`);
  if (['graph', 'server', 'main', 'index'].includes(folder)) return [];
  return packages
    .filter((name) =>
      /^(graphql|type-graphql|dataloader|graphql-scalars|@graphql-tools|@apollo|@as-integrations)(\/|$)/.test(name),
    )
    .map((name) => `imports ${name}; only the graph and the server speak GraphQL`);
}

/** What is off unless it is asked for: the module that uses it is imported when it is switched on, and not before. */
const optional: readonly { readonly module: string; readonly needs: RegExp }[] = [
  { module: 'observability/tracing', needs: /^@opentelemetry\// },
  { module: 'observability/metrics', needs: /^prom-client$/ },
  { module: 'server/sandbox', needs: /^src\/emulators\// },
];

function loadingViolations({ path, loads }: SourceFacts): readonly string[] {
  const targets = loads.map((name) => (isRelative(name) ? join(dirname(path), name) : name));
  return optional
    .filter(({ module }) => !isPartOf(path, module))
    .flatMap(({ module, needs }) =>
      targets.flatMap((target) => {
        if (needs.test(target) && !needs.test(path)) return [`loads ${target}; only ${module} may`];
        return isPartOf(target, module) ? [`loads ${module} although it may be off`] : [];
      }),
    );
}

/** Who opens data sources: the guard, and the write protocol, which hands what it reads to the guard. */
const OPENERS = new Set([
  'src/auth/guarded-source.ts',
  'src/operations/write-run.ts',
  'src/operations/write-service.ts',
]);
/** The ports of a data source before they were guarded. */
const UNGUARDED = ['DataSource', 'AccountConnection'];

function guardViolations({ path, takesConnection, named }: SourceFacts): readonly string[] {
  if (!['graph', 'server', 'auth', 'operations', 'observability'].includes(placeOf(path).folder)) return [];
  return [
    ...(takesConnection && !OPENERS.has(path) ? ['asks a provider past the guard'] : []),
    ...(isIn(path, 'graph') ? UNGUARDED.filter((name) => named.includes(name)) : []).map(
      (name) => `knows ${name}; the graph reads through the guard`,
    ),
  ];
}

/** Whether a file is the module or in its folder. */
function isPartOf(path: string, module: string): boolean {
  return path.startsWith(`src/${module}/`) || path.replace(/\.[jt]s$/, '') === `src/${module}`;
}

/** V8 takes a microsecond for each property that a literal names after a spread; mapped records have some twenty. */
const MOST_NAMED_AFTER_SPREAD = 3;

function recordViolations({ path, mostNamedAfterSpread }: SourceFacts): readonly string[] {
  const isSlow = isIn(path, 'providers') && mostNamedAfterSpread > MOST_NAMED_AFTER_SPREAD;
  return isSlow ? [`names ${mostNamedAfterSpread} properties after a spread; put the spread last`] : [];
}

/** What such an object is made for stays in memory with it, long after the request; see `docs/decisions`. */
function memoryViolations({ path, hasMakersInLiterals }: SourceFacts): readonly string[] {
  if (!hasMakersInLiterals || isIn(path, 'emulators')) return [];
  return ['has a getter, a setter or a generator in an object literal; make it a class or a function'];
}

function commentViolations({ describedWithoutVerb }: SourceFacts): readonly string[] {
  return describedWithoutVerb.map((name) => `describes ${name} without saying first what it does`);
}

const FILE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\.(type|resolver|mutation|subscription|test))?\.ts$/;
const VAGUE_NAME = /(^|[/.-])(utils?|helpers?|common|misc)([/.-]|$)/;

function nameViolations(path: string): readonly string[] {
  return [
    ...(FILE_NAME.test(path.slice(path.lastIndexOf('/') + 1))
      ? []
      : ['is not named in kebab-case with a known suffix']),
    ...(VAGUE_NAME.test(path) ? ['has a name that says nothing of what is in it'] : []),
  ];
}

interface Place {
  /** `graph` for `src/graph/order/order.type.ts`, `config` for `src/config.ts`. */
  readonly folder: string;
  /** The folder inside it, `order`; null for a file directly in it. */
  readonly part: string | null;
}

function placeOf(path: string): Place {
  const [, folder = '', part, ...rest] = path.split('/');
  return { folder: folder.replace(/\.[jt]s$/, ''), part: rest.length > 0 ? (part ?? null) : null };
}

function isIn(path: string, folder: string): boolean {
  return placeOf(path).folder === folder;
}

function isRelative(name: string): boolean {
  return name.startsWith('.');
}
