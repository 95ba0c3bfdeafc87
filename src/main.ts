#!/usr/bin/env node
import { readCommandLine } from './config/command-line.js';
import { usage } from './config/usage.js';
import { EXIT_USAGE, fail, print } from './server/commands/terminal.js';
import { packageVersion } from './server/package-files.js';

const commandLine = readCommandLine(process.argv.slice(2));
// A server takes a second to load: whoever asks for help or the version does not wait for it.
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
  case 'operations': {
    const { listOperations } = await import('./server/commands/list-operations.js');
    await listOperations(commandLine.configPath, commandLine.unsettledOnly);
    break;
  }
  case 'doctor': {
    const { doctor } = await import('./server/commands/doctor.js');
    await doctor(commandLine);
    break;
  }
  case 'record': {
    const { record } = await import('./server/commands/record.js');
    await record(commandLine.configPath, commandLine.recording);
    break;
  }
  case 'replay': {
    const { replayFiles } = await import('./server/commands/replay.js');
    await replayFiles(commandLine.files);
    break;
  }
  case 'token': {
    const { printToken } = await import('./server/commands/print-token.js');
    await printToken(commandLine.configPath, commandLine.token);
    break;
  }
  case 'start': {
    const { start } = await import('./server/commands/start.js');
    await start(commandLine.configPath, commandLine.sandbox);
  }
}
