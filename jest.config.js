import { availableParallelism } from 'node:os';
import { suitesLeftOut } from './scripts/side-packages.mjs';

const leftOut = suitesLeftOut();

export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...leftOut.map((suite) => `<rootDir>/${suite}/`)],
  // Copies of the sources that `npm run mutate` works on.
  modulePathIgnorePatterns: ['<rootDir>/.mutation/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': '@swc/jest' },
  setupFiles: ['<rootDir>/test/setup.ts'],
  // Most suites wait for time-outs, leases and browsers: the whole takes 0.4 of the time of two processors with two workers.
  maxWorkers: Math.min(2 * availableParallelism(), 8),
  // A process keeps something of every suite; past this it spends more time collecting garbage than a new one takes to start.
  workerIdleMemoryLimit: '600MB',
  testSequencer: '<rootDir>/test/longest-first.sequencer.js',
  testTimeout: 300_000,
  reporters: ['default', ['<rootDir>/test/closing-line.reporter.js', { leftOut }]],
};
