/** Loaded into the measured server before its own code: it does not set the V8 flags named in `WITHOUT_V8_FLAGS`. */
import { syncBuiltinESMExports } from 'node:module';
import v8 from 'node:v8';

const without = process.env.WITHOUT_V8_FLAGS.split(' ');
const { setFlagsFromString } = v8;
v8.setFlagsFromString = (flag) => {
  if (!without.some((name) => flag.startsWith(name))) setFlagsFromString(flag);
};
syncBuiltinESMExports();
