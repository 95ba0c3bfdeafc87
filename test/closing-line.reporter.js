/** Ends the run with what was left out, and one plain line for people and CI: `N passed, N failed`. */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const skipped = results.testResults
      .flatMap(({ testResults }) => testResults)
      .filter(({ status }) => status === 'pending' || status === 'todo');
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const lines = [
      ...skipped.map(({ fullName }) => `Left out: ${fullName}`),
      `${results.numPassedTests} passed, ${failed} failed`,
    ];
    // Jest's own summary comes after all reporters.
    process.once('exit', () => process.stdout.write(`${lines.join('\n')}\n`));
  }
}
