import root from '../../jest.config.js';

/** The suites that are run for each mutant, by the folder it is in; space-separated. */
const suites = (process.env.MUTATION_SUITES ?? 'test/unit').split(' ');

export default {
  ...root,
  rootDir: '../..',
  testMatch: suites.map((suite) => `<rootDir>/${suite}`),
  testPathIgnorePatterns: ['/node_modules/'],
  reporters: [],
};
