/* The page draws what `GET /sandbox` says, and sends to the emulators what their controls say. */
const REFRESH_MS = 2_000;

const status = document.querySelector('[role=status]');
const sandbox = await (await fetch('sandbox', { headers: { accept: 'application/json' } })).json();

list('shoppers').append(...sandbox.shoppers.map(shopperCard));
list('emulators').append(...sandbox.emulators.map(emulatorSection));

function list(name) {
  return document.querySelector(`[data-list=${name}]`);
}

function element(tag, properties = {}, ...children) {
  const { className, ...attributes } = properties;
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function shopperCard({ key, name, about, token, customers, orders }) {
  const known = [
    ...Object.entries(customers).map(([account, id]) => `${account} ${id}`),
    ...Object.entries(orders).map(([account, ids]) => `${account} ${ids.join(', ')}`),
  ];
  const ids = element('details', {}, element('summary', {}, 'Identifiers'));
  ids.append(...known.map((line) => element('code', { className: 'command' }, line)));
  return element(
    'article',
    { className: 'card', 'data-shopper': key },
    element('h3', {}, name),
    element('p', {}, about),
    copyButton('Copy header', `authorization: Bearer ${token}`, name),
    ids,
  );
}

function emulatorSection(emulator) {
  const { title, url, account, records, controls } = emulator;
  const state = element('span', { className: 'state' });
  const faults = element('ul', { className: 'faults' });
  const clear = button('Clear faults', () => send('DELETE', `${url}/__emulator/faults`, undefined, 'Faults cleared.'));
  const refresh = () => showState(url, state, faults);
  const section = element(
    'details',
    { 'data-account': account },
    element('summary', {}, element('h3', {}, title), element('code', {}, account), state),
    element('h4', {}, 'Faults that wait'),
    faults,
    clear,
    element('h4', {}, 'Records'),
    recordsTable(records, account),
    element('h4', {}, 'Controls'),
    element('ul', { className: 'controls' }, ...controls.map((control) => controlRow(control, refresh))),
    element(
      'p',
      {},
      'All controls, its requests and its state: ',
      element('a', { href: `${url}/__emulator` }, `${url}/__emulator`),
    ),
  );
  section.open = account === sandbox.emulators[0].account;
  void refresh();
  setInterval(() => {
    if (document.visibilityState === 'visible') void refresh();
  }, REFRESH_MS);
  return section;
}

async function showState(url, state, faults) {
  try {
    const [clock, all] = await Promise.all(
      ['clock', 'faults'].map(async (path) => (await fetch(`${url}/__emulator/${path}`)).json()),
    );
    const waiting = all.filter(isWaiting);
    state.replaceChildren(
      `${clock.now.slice(0, 16).replace('T', ' ')} UTC`,
      ...(waiting.length > 0 ? [' · ', element('b', {}, `${waiting.length} waiting`)] : []),
    );
    faults.replaceChildren(
      ...(waiting.length > 0 ? waiting.map(faultRow) : [element('li', { className: 'quiet' }, 'None.')]),
    );
  } catch {
    state.replaceChildren(element('b', {}, 'does not answer'));
  }
}

function isWaiting({ times = 1, struck, endsAt }) {
  return (times === 'always' || struck < times) && (endsAt === null || Date.parse(endsAt) > Date.now());
}

function faultRow({ action, match = {}, endsAt, struck }) {
  const left = endsAt === null ? '' : `, ${Math.max(0, Math.ceil((Date.parse(endsAt) - Date.now()) / 1000))} s left`;
  const target = [match.method, match.path].filter(Boolean).join(' ') || 'every request';
  return element('li', {}, `${action.kind} ${action.status ?? ''} on ${target}, applied ${struck} times${left}`);
}

function recordsTable(records, account) {
  const rows = records.map(({ type, title, providerId, id, owner }) =>
    element(
      'tr',
      {},
      element('td', {}, title, ...(owner === null || owner === 'customer' ? [] : [` (${owner})`])),
      element('td', {}, type.toLowerCase()),
      element(
        'td',
        {},
        element('code', {}, providerId),
        ' ',
        copyButton('Copy', providerId, `provider id of ${title}`),
      ),
      element('td', {}, ...(id === null ? ['after the checkout'] : [copyButton('Copy ID', id, `ID of ${title}`)])),
    ),
  );
  const headings = ['What', 'Type', 'Provider id', 'ID in the graph'].map((name) =>
    element('th', { scope: 'col' }, name),
  );
  const table = element('table', {}, element('thead', {}, element('tr', {}, ...headings)));
  table.append(element('tbody', {}, ...rows));
  return element(
    'div',
    { className: 'table', tabindex: '0', role: 'region', 'aria-label': `Records of ${account}` },
    table,
  );
}

function controlRow({ purpose, expect, url, body, command }, refresh) {
  const press = button('Do it', async () => {
    await send('POST', url, body, purpose);
    await refresh();
  });
  press.className = 'do';
  press.setAttribute('aria-label', `Do it: ${purpose}`);
  return element(
    'li',
    {},
    element('p', {}, element('b', {}, purpose)),
    element('p', { className: 'quiet' }, `Expect: ${expect}`),
    element('code', { className: 'command' }, command),
    element('div', { className: 'actions' }, press, copyButton('Copy command', command, purpose)),
  );
}

function button(label, act) {
  const node = element('button', { type: 'button' }, label);
  node.addEventListener('click', async () => {
    node.disabled = true;
    await act().finally(() => {
      node.disabled = false;
      node.focus();
    });
  });
  return node;
}

function copyButton(label, text, what) {
  const node = button(label, async () => {
    await navigator.clipboard.writeText(text).then(
      () => say(`Copied: ${what}`),
      () => say('The browser does not allow copying here.'),
    );
  });
  node.setAttribute('aria-label', `${label}: ${what}`);
  return node;
}

async function send(method, url, body, done) {
  try {
    const answer = await fetch(url, {
      method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    say(answer.ok ? `Done: ${done}` : `Refused: ${(await answer.json()).message}`);
  } catch {
    say('The emulator does not answer.');
  }
}

function say(text) {
  status.textContent = text;
}
