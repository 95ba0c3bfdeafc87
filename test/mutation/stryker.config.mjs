/** One file a run: `scripts/mutate.mjs` names it, and the suites. */
export default {
  mutate: [process.env.MUTATION_FILE ?? ''],
  // Sentences are not behaviour, and codes are checked by the compiler.
  mutator: { excludedMutations: ['StringLiteral'] },
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { configFile: 'test/mutation/jest.config.js', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  // TypeScript 7 has no JavaScript API to read it with, and swc needs none.
  tsconfigFile: 'none',
  disableTypeChecks: false,
  ignorePatterns: ['bench', 'examples', 'test/mutation/node_modules'],
  tempDirName: '.mutation',
  reporters: ['json'],
  jsonReporter: { fileName: 'test/mutation/report.json' },
  timeoutMS: 10_000,
  fileLogLevel: 'off',
  logLevel: 'warn',
  cleanTempDir: 'always',
  concurrency: 1,
};
