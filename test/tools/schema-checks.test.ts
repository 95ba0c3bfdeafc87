import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

// Each test starts processes, which take their time on a busy machine.
jest.setTimeout(120_000);

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const checkedIn = readFileSync(join(root, 'schema/schema.graphql'), 'utf8');

describe('the rules for the schema', () => {
  /** What `npm run lint` says of this text in the place of the schema. */
  async function lint(schema: string, file = 'schema/schema.graphql'): Promise<readonly string[]> {
    const command = [
      join(root, 'tools/node_modules/eslint/bin/eslint.js'),
      '--config',
      'tools/eslint.config.js',
      '--stdin',
      '--format',
      'json',
    ];
    const eslint = spawn(process.execPath, [...command, '--stdin-filename', file], { cwd: root });
    eslint.stdin.end(schema);
    const [{ messages }] = JSON.parse(await text(eslint.stdout));
    return messages.map(({ ruleId, message }: Readonly<Record<string, string>>) => `${ruleId}: ${message}`);
  }

  test('hold for it, and notice what has no description or no page', async () => {
    const [kept, composed, undescribed, unpaged] = await Promise.all([
      lint(checkedIn),
      lint(readFileSync(join(root, 'schema/subgraph.graphql'), 'utf8'), 'schema/subgraph.graphql'),
      lint(checkedIn.replace('"""1 to 999."""', '').replace('"""Days."""', '')),
      lint(checkedIn.replace(/(type UpcomingOrderConnection \{.*?pageInfo: PageInfo)!/s, '$1')),
    ]);
    expect([kept, composed]).toEqual([[], []]);
    expect(undescribed).toEqual([
      expect.stringMatching(/require-description: .*"quantity" in input "AddUpsellItemInput"/),
      expect.stringMatching(/require-description: .*"DAY" in enum "FrequencyUnit"/),
    ]);
    expect(unpaged).toEqual([expect.stringMatching(/relay-connection-types: .*pageInfo/i)]);
  });
});

test('the typed documents are checked in as they are generated', async () => {
  const codegen = join(root, 'tools/node_modules/@graphql-codegen/cli/esm/bin.js');
  const check = run(process.execPath, [codegen, '--config', 'codegen.yml', '--check'], { cwd: join(root, 'tools') });
  await expect(check).resolves.toBeDefined();
});

describe('the check for breaking changes', () => {
  const before = 'type Query { order: Order customer: String } type Order @key(fields: "id") { id: ID! }';
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'upsell-graph-release-'));
    mkdirSync(join(folder, 'schema'));
    write(before, '1.2.0');
    git('init', '--quiet');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--no-gpg-sign', '-m', 'Release');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function git(...parameters: string[]): void {
    execFileSync('git', parameters, { cwd: folder });
  }

  function write(schema: string, version: string): void {
    writeFileSync(join(folder, 'schema/schema.graphql'), schema.replaceAll(/ @key\(.*?\)/g, ''));
    writeFileSync(join(folder, 'schema/subgraph.graphql'), schema);
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ version }));
  }

  async function check(): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
    const script = join(root, 'tools/schema-changes.mjs');
    const { code, stdout } = await run(process.execPath, [script], { cwd: folder }).then(
      (done) => ({ code: 0, ...done }),
      (error: { code: number; stdout: string }) => error,
    );
    return { code, lines: stdout.trim().split('\n') };
  }

  test('says so where no release is known', async () => {
    expect(await check()).toEqual({
      code: 0,
      lines: ['No release tag is known here, so there is no schema to compare with.'],
    });
  });

  test('lets through what only adds', async () => {
    git('tag', 'v1.2.0');
    write(before.replace('id: ID!', 'id: ID! note: String'), '1.2.0');
    const told = 'Changes of the schema since v1.2.0: 1, breaking: 0';
    expect(await check()).toEqual({ code: 0, lines: [told] });
  });

  test('fails with the list, unless the version says that it breaks', async () => {
    git('tag', 'v1.2.0');
    git('tag', 'other');
    const broken = before.replace(' customer: String', '').replace(' @key(fields: "id")', '');
    write(broken, '1.3.0');
    const list = [
      'Changes of the schema since v1.2.0: 2, breaking: 2',
      "- Field 'customer' was removed from object type 'Query'",
      "- Directive 'key' was removed from object 'Order'",
    ];
    const advice = '! They break clients of v1.2.0: deprecate instead, or say so by a version after 1.';
    const { code, lines } = await check();
    expect([code, lines[0], new Set(lines)]).toEqual([1, list[0], new Set([...list, advice])]);
    write(broken, '2.0.0');
    const unannounced = `! Not deprecated in v1.2.0, or not for long enough: ${list[1]?.slice(2)}`;
    expect(await check()).toMatchObject({ code: 1, lines: expect.arrayContaining([...list, unannounced]) });
  });

  const deprecated = (until: string) =>
    before.replace(
      'customer: String',
      `customer: String @deprecated(reason: "Use \`order\`. Removed after ${until}.")`,
    );

  test('lets a major version remove what was deprecated until a day that has passed', async () => {
    const removed = before.replace(' customer: String', '');
    for (const [until, code] of [
      ['2024-01-31', 0],
      ['2999-01-31', 1],
    ] as const) {
      write(deprecated(until), '1.2.0');
      git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--no-gpg-sign', '-am', until);
      git('tag', '--force', 'v1.2.0');
      write(removed, '2.0.0');
      expect([until, (await check()).code]).toEqual([until, code]);
    }
  });

  test('wants a replacement and at least six months of notice', async () => {
    git('tag', 'v1.2.0');
    write(deprecated('2024-01-31'), '1.3.0');
    expect((await check()).lines.at(-1)).toBe('! Query.customer is newly deprecated and ends in less than 6 months');
    write(before.replace('customer: String', 'customer: String @deprecated(reason: "Old.")'), '1.3.0');
    expect((await check()).lines.at(-1)).toMatch(/^! Query\.customer is deprecated without a replacement or an end/);
    write(deprecated('2999-01-31'), '1.3.0');
    expect((await check()).code).toBe(0);
  });
});
