import { match, type State } from 'upsell-graph-client';

const offline = 'You are offline. Your request is kept and goes on when you are back.';
const late = 'It takes longer than usual. There is no need to press again: the answer will show here.';
const asked = 'The shop’s system did not say. Please do not order it again: this page finds out by itself.';

/** What a decision came to, in words for the shopper. `done` is what it says when it worked. */
export function Outcome({ state, done }: { readonly state: State; readonly done: string }) {
  const [problem] = 'errors' in state ? state.errors.filter(({ shopperMessage }) => shopperMessage) : [];
  const refusal = problem?.shopperMessage ?? 'That did not work.';
  const view = match(state, {
    idle: () => ({ tone: '', text: '' }),
    running: () => ({ tone: 'wait', text: 'One moment …' }),
    succeeded: () => ({ tone: 'good', text: done }),
    partial: () => ({ tone: 'warn', text: `Only a part of it worked. ${refusal}` }),
    busy: () => ({ tone: 'wait', text: 'Your earlier request is not settled yet; this one was not sent.' }),
    unknown: () => ({
      tone: 'wait',
      text: navigator.onLine ? (isRunning(state) ? late : asked) : offline,
    }),
    action: () => ({ tone: 'warn', text: 'Your bank wants to hear from you first.' }),
    other: () => ({ tone: 'bad', text: isSilentOnEffect(state) ? `${refusal} Nothing was bought.` : refusal }),
  });
  return (
    <p className={`outcome tone-${view.tone}`} role="status" data-state={state.status}>
      {view.text}
    </p>
  );
}

/** Whether the graph answered that it is still at it. */
function isRunning(state: State): boolean {
  return 'operation' in state && state.operation?.status === 'PENDING';
}

/** Whether nothing was done, and the graph's own sentence leaves it unsaid. */
function isSilentOnEffect(state: State): boolean {
  if (!('errors' in state)) return false;
  const isUntouched = ['NOT_SENT', 'UNCHANGED', 'RESTORED'].includes(state.operation?.effect ?? 'NOT_SENT');
  return isUntouched && !state.errors.some(({ code }) => code === 'PAYMENT' || code === 'PROVIDER');
}
