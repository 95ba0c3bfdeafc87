#!/usr/bin/env node
import 'reflect-metadata';
import { readCommandLine, usage } from './config/command-line.js';
import { loadConfig } from './config.js';
import { providers } from './providers/index.js';
import { describeSandbox, logStart } from './server/describe-start.js';
import { CannotListen } from './server/listen.js';
import { createLog } from './server/log.js';
import { operationsTable } from './server/operations-table.js';
import { packageVersion } from './server/package-files.js';
import { stopOnSignals } from './server/stop-signals.js';
import { openStorage } from './server/storage.js';
import { createUpsellServer } from './server.js';
import { StorageProblem } from './storage/storage-problem.js';

/** Of sysexits.h: used wrongly, and configured wrongly. */
const EXIT_USAGE = 64;
const EXIT_CONFIG = 78;
/** A service it needs is not there. */
const EXIT_STORAGE = 69;

const LISTED_OPERATIONS = 200;

const commandLine = readCommandLine(process.argv.slice(2));
switch (commandLine.action) {
  case 'help':
    print(usage);
    break;
  case 'version':
    print(packageVersion());
    break;
  case 'refuse':
    fail(EXIT_USAGE, `${commandLine.message}\n\n${usage}`);
    break;
  case 'operations':
    await printOperations(commandLine.configPath, commandLine.unsettledOnly);
    break;
  case 'start':
    await start(commandLine.configPath);
}

async function printOperations(configPath: string | null, unsettledOnly: boolean): Promise<void> {
  const loaded = loadConfig({ configPath, providers });
  if (loaded.outcome === 'invalid') return fail(EXIT_CONFIG, loaded.message);
  const { config } = loaded;
  if (config.mode === 'sandbox')
    return fail(EXIT_USAGE, 'A sandbox keeps its operations in memory. Name a file with --config.');
  await withStorageProblems(async () => {
    const clock = () => new Date();
    const storage = await openStorage(config.storage);
    print(operationsTable(await storage.ledger.list({ unsettledOnly, limit: LISTED_OPERATIONS }), clock()));
    await storage.close();
  });
}

async function start(configPath: string | null): Promise<void> {
  const loaded = loadConfig({ configPath, providers });
  if (loaded.outcome === 'invalid') return fail(EXIT_CONFIG, loaded.message);

  const { config } = loaded;
  const log = createLog(config.mode === 'sandbox' ? 'warn' : 'info');
  await withStorageProblems(async () => {
    const server = await createUpsellServer({ config, log });
    stopOnSignals(server.close, (error) => log.error({ err: error }, 'stopping failed'));
    try {
      const url = await server.listen();
      if (config.mode === 'sandbox') print(describeSandbox(url, config, server.emulators));
      else logStart(log, url, config);
    } catch (error) {
      if (!(error instanceof CannotListen)) throw error;
      await server.close();
      fail(1, error.message);
    }
  });
}

/** The ledger is where money is remembered: without it nothing starts. */
async function withStorageProblems(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StorageProblem)) throw error;
    fail(EXIT_STORAGE, `${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}`);
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fail(code: number, message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = code;
}
