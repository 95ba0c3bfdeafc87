/* global GraphiQL, React, ReactDOM */
const answer = await fetch('graphiql/examples.json');
const examples = await answer.json();

// GraphiQL takes a first tab's query from `defaultTabs` but not its variables. Later visits find their own tabs again,
// and would get one more for variables that come from outside.
const isFirstVisit = localStorage.getItem('graphiql:tabState') === null;

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: 'graphql' }),
    defaultTabs: examples,
    ...(isFirstVisit && { variables: examples[0]?.variables }),
    defaultEditorToolsVisibility: 'variables',
  }),
);
