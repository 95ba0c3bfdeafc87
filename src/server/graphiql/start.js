/* global GraphiQL, React, ReactDOM, graphqlSse */
const start = await (await fetch('graphiql/start.json')).json();
const examples = withFreshKeys(start.examples);

// GraphiQL takes a first tab's query from `defaultTabs` but not its variables. Later visits find their own tabs again,
// and would get one more for variables that come from outside.
const isFirstVisit = localStorage.getItem('graphiql:tabState') === null;
for (const name of ['graphiql:tabState', 'graphiql:variables']) {
  const kept = localStorage.getItem(name);
  if (kept !== null) localStorage.setItem(name, withFreshKeys(kept));
}

/** Gives the keys of the examples a new ending with each visit: a kept one would only be answered again. */
function withFreshKeys(tree) {
  const ending = crypto.randomUUID().slice(0, 8);
  return JSON.parse(JSON.stringify(tree).replaceAll(/\btry-([a-z-]+)-[0-9a-f]{2,8}\b/g, `try-$1-${ending}`));
}

const ask = GraphiQL.createFetcher({ url: 'graphql' });

/** Asks for subscriptions by a stream, and for all else as GraphiQL does by itself. */
function fetcher(request, { documentAST, headers } = {}) {
  const asked = documentAST?.definitions.find(
    ({ kind, name }) =>
      kind === 'OperationDefinition' && (!request.operationName || name?.value === request.operationName),
  );
  if (asked?.operation !== 'subscription') return ask(request, { documentAST, headers });
  return graphqlSse.createClient({ url: 'graphql', headers }).iterate(request);
}

const links = React.createElement(
  GraphiQL.Logo,
  null,
  React.createElement(
    'nav',
    { className: 'links', 'aria-label': 'upsell-graph' },
    React.createElement('b', null, 'upsell-graph'),
    ...start.links.map(({ href, text }) => React.createElement('a', { href, key: href }, text)),
  ),
);

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(
    GraphiQL,
    {
      fetcher,
      defaultTabs: examples,
      ...(isFirstVisit && { variables: examples[0]?.variables }),
      defaultEditorToolsVisibility: 'variables',
    },
    links,
  ),
);

// Comments of the examples are sentences: they wrap instead of running out of the pane.
const observer = new MutationObserver(() => {
  const editor = document.querySelector('.graphiql-query-editor .CodeMirror')?.CodeMirror;
  if (!editor) return;
  editor.setOption('lineWrapping', true);
  observer.disconnect();
});
observer.observe(document.getElementById('graphiql'), { childList: true, subtree: true });
