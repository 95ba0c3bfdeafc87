import { parseArgs } from 'node:util';

/** Reads `--quick --write` and the like; what is not in `options` ends the program. */
export function readOptions(options, usage) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    process.stderr.write(`${error.message}\n\n${usage}\n`);
    return process.exit(64);
  }
}
