import { parseSync } from '@swc/core';

/** What the rules want to know of one source file. */
export interface SourceFacts {
  /** Relative to the repository, e.g. `src/graph/context.ts`. */
  readonly path: string;
  /** Every module named anywhere: imports, type imports, re-exports, dynamic imports, import types, `require`. */
  readonly imports: readonly string[];
  /** Those of them that are loaded with the file: neither types nor dynamic imports. */
  readonly loads: readonly string[];
  /** What is imported by name. */
  readonly named: readonly string[];
  /** An import whose module is only known at run time. */
  readonly hasComputedImport: boolean;
  readonly readsEnvironment: boolean;
  readonly usesConsole: boolean;
  /** Compares identifiers of customers as text, whatever the rule of their provider is. */
  readonly comparesCustomers: boolean;
  /** Takes the connection out of a connected account: through it a provider is asked without the guard. */
  readonly takesConnection: boolean;
  /** The most properties that one object literal names after it spread another object. */
  readonly mostNamedAfterSpread: number;
  /** An object literal has a getter, a setter or a generator of its own. */
  readonly hasMakersInLiterals: boolean;
  /** Exported functions whose doc comment starts with neither a verb in the third person nor "Whether". */
  readonly describedWithoutVerb: readonly string[];
}

export function factsOf(path: string, source: string): SourceFacts {
  const nodes = [...nodesIn(parseSync(source, { syntax: 'typescript', decorators: true, target: 'es2022' }))];
  const modules = nodes.flatMap(modulesNamedBy);
  return {
    path,
    imports: modules.filter((name) => name !== null),
    loads: nodes
      .filter(isLoadedAtOnce)
      .flatMap(modulesNamedBy)
      .filter((name) => name !== null),
    named: nodes.flatMap(importedName),
    hasComputedImport: modules.includes(null),
    readsEnvironment: nodes.some(readsEnvironment),
    takesConnection: nodes.some(takesConnection),
    usesConsole: nodes.some((node) => isMemberOf(node, 'console')),
    comparesCustomers: nodes.some(comparesCustomers),
    mostNamedAfterSpread: Math.max(0, ...nodes.map(namedAfterSpread)),
    hasMakersInLiterals: nodes.some(isMakerInLiteral),
    describedWithoutVerb: [...source.matchAll(DESCRIBED_FUNCTION)].flatMap(([, comment = '', name = '']) =>
      VERB_FIRST.test(comment) ? [] : name,
    ),
  };
}

const DESCRIBED_FUNCTION = /^\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport (?:async )?function\*? (\w+)/gm;
const VERB_FIRST = /^[\s*]*(?:Whether|[A-Z][a-z]+s)\b/;

/** V8 makes a shape for each such function, and a shape is given back only when all garbage is collected. */
function isMakerInLiteral({ type, generator, isGenerator }: SyntaxNode): boolean {
  switch (type) {
    case 'GetterProperty':
    case 'SetterProperty':
      return true;
    case 'MethodProperty':
    case 'FunctionExpression':
      return generator === true || isGenerator === true;
    default:
      return false;
  }
}

const CUSTOMER = /^(?:customer|customerId|ownerId)$/;

function comparesCustomers({ type, operator, left, right }: SyntaxNode): boolean {
  if (type !== 'BinaryExpression' || (operator !== '===' && operator !== '!==')) return false;
  const isAbsence = (side: unknown) =>
    isNode(side) && (side['type'] === 'NullLiteral' || isIdentifier(side, 'undefined'));
  return !isAbsence(left) && !isAbsence(right) && [left, right].some(namesCustomer);
}

function namesCustomer(node: unknown): boolean {
  if (!isNode(node)) return false;
  const name = node['type'] === 'MemberExpression' ? propertyOf(node) : node['value'];
  return typeof name === 'string' && node['type'] !== 'StringLiteral' && CUSTOMER.test(name);
}

function namedAfterSpread({ type, properties }: SyntaxNode): number {
  if (type !== 'ObjectExpression' || !Array.isArray(properties)) return 0;
  const kinds = properties.map((property: unknown) => (isNode(property) ? property['type'] : null));
  const first = kinds.indexOf('SpreadElement');
  return first === -1 ? 0 : kinds.slice(first).filter((kind) => kind !== 'SpreadElement').length;
}

type SyntaxNode = Readonly<Record<string, unknown>>;

export function* nodesIn(value: unknown): Generator<SyntaxNode> {
  if (Array.isArray(value)) for (const entry of value) yield* nodesIn(entry);
  else if (isNode(value)) {
    yield value;
    yield* nodesIn(Object.values(value));
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Null for a module that is computed. */
function modulesNamedBy(node: SyntaxNode): readonly (string | null)[] {
  switch (node['type']) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return [textOf(node['source'])];
    case 'ExportNamedDeclaration':
      return node['source'] ? [textOf(node['source'])] : [];
    case 'TsImportType':
      return [textOf(node['argument'])];
    case 'TsExternalModuleReference':
      return [textOf(node['expression'])];
    case 'CallExpression':
      return isImportCall(node['callee']) ? [textOf(firstArgument(node))] : [];
    default:
      return [];
  }
}

function importedName({ type, imported, local }: SyntaxNode): readonly string[] {
  if (type !== 'ImportSpecifier') return [];
  const name = isNode(imported) ? imported['value'] : isNode(local) ? local['value'] : null;
  return typeof name === 'string' ? [name] : [];
}

function isLoadedAtOnce(node: SyntaxNode): boolean {
  switch (node['type']) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
      return node['typeOnly'] !== true && !namesTypesOnly(node['specifiers']);
    case 'ExportAllDeclaration':
      return true;
    default:
      return false;
  }
}

function namesTypesOnly(specifiers: unknown): boolean {
  if (!Array.isArray(specifiers) || specifiers.length === 0) return false;
  return specifiers.every((specifier: unknown) => isNode(specifier) && specifier['isTypeOnly'] === true);
}

function isImportCall(callee: unknown): boolean {
  return isNode(callee) && (callee['type'] === 'Import' || isIdentifier(callee, 'require'));
}

function firstArgument({ arguments: list }: SyntaxNode): unknown {
  const first: unknown = Array.isArray(list) ? list[0] : null;
  return isNode(first) ? first['expression'] : null;
}

function textOf(node: unknown): string | null {
  return isNode(node) && node['type'] === 'StringLiteral' && typeof node['value'] === 'string' ? node['value'] : null;
}

/** `process.env`, `process['env']`, `const { env } = process`, also through `globalThis` or an import. */
function readsEnvironment(node: SyntaxNode): boolean {
  if (modulesNamedBy(node).some((name) => name === 'process' || name === 'node:process')) return true;
  if (isMemberOf(node, 'process')) return propertyOf(node) === 'env';
  if (node['type'] !== 'VariableDeclarator' || !isNode(node['id']) || !refersTo(node['init'], 'process')) return false;
  return [...nodesIn(node['id'])].some((each) => isIdentifier(each, 'env'));
}

/** `connected.connection`, `connected['connection']`, `const { connection } = connected`, also as a parameter. */
function takesConnection(node: SyntaxNode): boolean {
  if (node['type'] === 'MemberExpression') return propertyOf(node) === 'connection';
  if (node['type'] !== 'ObjectPattern' || !Array.isArray(node['properties'])) return false;
  return node['properties'].some(
    (property: unknown) =>
      isNode(property) && isNode(property['key']) && (property['key']['value'] ?? null) === 'connection',
  );
}

function isMemberOf(node: SyntaxNode, name: string): boolean {
  return node['type'] === 'MemberExpression' && refersTo(node['object'], name);
}

function refersTo(node: unknown, name: string): boolean {
  if (!isNode(node)) return false;
  return isIdentifier(node, name) || (node['type'] === 'MemberExpression' && propertyOf(node) === name);
}

function propertyOf({ property }: SyntaxNode): unknown {
  if (!isNode(property)) return null;
  return property['type'] === 'Computed' ? textOf(property['expression']) : property['value'];
}

function isIdentifier(node: SyntaxNode, name: string): boolean {
  return node['type'] === 'Identifier' && node['value'] === name;
}
