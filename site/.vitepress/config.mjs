import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

const repository = 'https://github.com/upsell-graph/upsell-graph/blob/main';
const providers = readdirSync('../src/providers', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'kit')
  .map(({ name }) => name);
const page = (text, link) => ({ text, link });

/** The pages of the repository as a site. A link that leads nowhere fails the build. */
export default defineConfig({
  title: 'upsell-graph',
  description: 'One GraphQL endpoint for adding one more thing to an order that already exists.',
  srcDir: '..',
  srcExclude: [
    '**/node_modules/**',
    'site/**',
    'bench/**',
    'examples/**',
    'test/**',
    '.github/**',
    'schema/**',
    'dist/**',
  ],
  rewrites: {
    'README.md': 'index.md',
    ...Object.fromEntries(providers.map((name) => [`src/providers/${name}/README.md`, `providers/${name}.md`])),
  },
  outDir: './dist',
  cacheDir: './.cache',
  cleanUrls: true,
  // The pages lie outside of this package, which has Vue.
  vite: {
    resolve: {
      alias: [{ find: /^vue(?=\/|$)/, replacement: fileURLToPath(new URL('../node_modules/vue', import.meta.url)) }],
    },
  },
  // Files that are no pages: the documentation test of the repository checks that they exist.
  ignoreDeadLinks: [
    /\.(ts|mjs|ya?ml|json|graphql|sh)$/,
    /^(\.\.?\/)*(LICENSE|deploy|schema|examples|test|src|\.changeset)/,
  ],
  markdown: {
    config(markdown) {
      const render = markdown.renderer.rules.link_open;
      markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
        const href = tokens[index].attrGet('href') ?? '';
        if (isSource(href)) tokens[index].attrSet('href', `${repository}/${href.replace(/^(\.\.?\/)+/, '')}`);
        return render(tokens, index, options, env, self);
      };
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    sidebar: [
      {
        text: 'Storefronts',
        items: [
          page('Start', '/'),
          page('A storefront over the graph', '/docs/storefront'),
          page('Who the shopper is', '/docs/storefront-auth'),
          page('Real time', '/docs/real-time'),
          page('Errors by code', '/docs/errors'),
          page('GraphQL over HTTP', '/docs/graphql-over-http'),
          page('Limits', '/docs/limits'),
          page('How the schema may change', '/docs/schema-policy'),
          page('In a supergraph', '/docs/supergraph'),
          page('Glossary', '/docs/glossary'),
        ],
      },
      {
        text: 'Operators',
        items: [
          page('Configuration', '/docs/configuration'),
          page('Tokens of your login', '/docs/logins'),
          page('Deployment', '/docs/deployment'),
          page('Doctor', '/docs/doctor'),
          page('Operations', '/docs/operations'),
          page('Observability', '/docs/observability'),
          page('Runbook', '/docs/runbook'),
          page('Recordings', '/docs/recordings'),
          page('Performance', '/docs/performance'),
          page('Security', '/docs/security'),
          page('Dependencies', '/docs/dependencies'),
          page('Embedding', '/docs/embedding'),
        ],
      },
      {
        text: 'Providers',
        items: [
          page('What each can do', '/docs/capabilities'),
          page('Calls of each query', '/docs/calls'),
          ...providers.map((name) => page(name, `/providers/${name}`)),
        ],
      },
      {
        text: 'Contributors',
        items: [
          page('Contributing', '/CONTRIBUTING'),
          page('Architecture', '/docs/architecture'),
          page('Testing', '/docs/testing'),
          page('Emulators', '/docs/emulators'),
        ],
      },
    ],
  },
});

function isSource(href) {
  if (href.startsWith('.changeset/')) return true;
  return !/^(https?:|#|mailto:)/.test(href) && !/\.(md|html)(#.*)?$/.test(href) && /(\.\w+|\/)$|LICENSE/.test(href);
}
