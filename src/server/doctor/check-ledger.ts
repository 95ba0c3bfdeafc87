import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { StorageConfig } from '../../config/storage.js';
import { describeDatabase } from '../../storage/describe-database.js';
import { type Check, checksOf } from './check.js';
import { reasonOf } from './reach.js';

const SKEW_WARN_MS = 2_000;

/** Looks at the database of the ledger and changes nothing in it. */
export async function checkLedger(storage: StorageConfig): Promise<readonly Check[]> {
  const { url, file, listenUrl, encryptionKeys } = storage;
  if (url === null) return checkFile(file, encryptionKeys);
  return [...(await checkPostgres(url, listenUrl)), ...(listenUrl === null ? [] : [await checkListener(listenUrl)])];
}

async function checkFile(file: string, keys: readonly string[]): Promise<readonly Check[]> {
  const { pass, warn, fail } = checksOf('ledger');
  const folder = await nearestFolder(resolve(file));
  const isThere = await exists(file);
  const target = isThere ? file : folder;
  const isWritable = (isThere || (await isFolder(folder))) && (await may(target, constants.W_OK));
  return [
    isWritable
      ? pass('rights', isThere ? `${file} can be written` : `${file} can be made`)
      : fail(
          'rights',
          `${target} cannot be written by this user`,
          'Give the user of the process the right to write there.',
        ),
    ...(isThere && keys.length === 0 && !(await exists(`${file}.key`))
      ? [
          fail(
            'key',
            `${file} exists and its key ${file}.key does not`,
            'Put the key back: without it the ledger cannot be read.',
          ),
        ]
      : []),
    warn('replicas', 'an embedded file suits one process', 'Set `storage.url` to PostgreSQL for several replicas.'),
  ];
}

async function checkPostgres(url: string, listenUrl: string | null): Promise<readonly Check[]> {
  const { pass, warn, fail } = checksOf('ledger');
  const { host } = new URL(url);
  try {
    const { version, isReadOnly, mayCreate, hasTables, mayWrite, isPooled, clock } = await describeDatabase(url);
    const skew = Math.abs(Date.now() - clock.getTime());
    return [
      pass('reach', `PostgreSQL ${version} on ${host}`),
      isReadOnly
        ? fail('rights', 'the database is read-only: a standby', 'Name the primary in `storage.url`.')
        : hasTables
          ? mayWrite
            ? pass('rights', 'the tables of the ledger can be written')
            : fail(
                'rights',
                'this user may not write the tables of the ledger',
                'Grant SELECT, INSERT, UPDATE and DELETE on them.',
              )
          : mayCreate
            ? pass('rights', 'the tables of the ledger can be made')
            : fail(
                'rights',
                'there are no tables yet, and this user may not make them',
                'Grant CREATE on the schema for the first start.',
              ),
      !isPooled
        ? pass('pooler', 'none: connections go to the server itself')
        : listenUrl !== null
          ? pass('pooler', 'connections go through a pooler; nothing here relies on a session')
          : warn(
              'pooler',
              'connections go through a pooler, which may pass on no notifications: changes of other replicas show later',
              'Set `storage.listenUrl` to an address of the database itself.',
            ),
      skew > SKEW_WARN_MS
        ? warn(
            'clock',
            `this machine's clock is ${Math.round(skew / 1000)} s off the database's`,
            'Synchronise both clocks (NTP).',
          )
        : pass('clock', "agrees with the database's"),
    ];
  } catch (error) {
    return [
      fail(
        'reach',
        `${host}: ${databaseReason(error)}`,
        'Check `storage.url`, the password, and the rules for outgoing traffic.',
      ),
    ];
  }
}

async function checkListener(url: string): Promise<Check> {
  const { pass, warn, fail } = checksOf('ledger');
  const { host } = new URL(url);
  const name = 'notifications';
  const advice = 'Set `storage.listenUrl` to an address of the database itself.';
  try {
    const { isPooled } = await describeDatabase(url);
    return isPooled ? warn(name, `${host} is a pooler`, advice) : pass(name, host);
  } catch (error) {
    return fail(name, `${host}: ${databaseReason(error)}`, advice);
  }
}

/** Explains by SQLSTATE what keeps a client out. */
function databaseReason(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  switch (code) {
    case '28P01':
    case '28000':
      return `the user or its password is not accepted (${code})`;
    case '3D000':
      return `there is no such database (${code})`;
    case '53300':
      return `there are too many connections already (${code})`;
    default:
      return reasonOf(error);
  }
}

async function nearestFolder(file: string): Promise<string> {
  let folder = dirname(file);
  while (!(await exists(folder)) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory());
}

async function may(path: string, right: number): Promise<boolean> {
  return access(path, right).then(
    () => true,
    () => false,
  );
}
