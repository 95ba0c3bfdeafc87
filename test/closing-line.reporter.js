/** Ends the run with what was left out, and one plain line for people and CI: `N passed, N failed`. */
export default class ClosingLine {
  #leftOut;

  constructor(_globalConfig, { leftOut }) {
    this.#leftOut = leftOut;
  }

  onRunComplete(_contexts, results) {
    const skipped = results.testResults
      .flatMap(({ testResults }) => testResults)
      .filter(({ status }) => status === 'pending' || status === 'todo');
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const lines = [
      ...skipped.map(({ fullName }) => `Left out: ${fullName}`),
      ...(this.#leftOut.length > 0
        ? [
            `Left out, as their packages are not installed: ${this.#leftOut.join(', ')}. \`npm run test:all\` runs everything.`,
          ]
        : []),
      `${results.numPassedTests} passed, ${failed} failed`,
    ];
    // Jest's own summary comes after all reporters.
    process.once('exit', () => process.stdout.write(`${lines.join('\n')}\n`));
  }
}
