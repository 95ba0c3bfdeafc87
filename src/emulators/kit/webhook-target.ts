import type { FastifyInstance } from 'fastify';
import { ControlInputError, fields, flag, type Schema, text } from './control-input.js';

/** Where webhooks go, and how reliably. */
export interface WebhookTarget {
  readonly url: string;
  /** Sends everything twice. */
  readonly duplicate: boolean;
  /** Delivers what happened together in reverse. */
  readonly shuffle: boolean;
  /** Delivers nothing. */
  readonly lose: boolean;
}

/** A target set by a control, with what the provider's signature and format need. */
export type SetWebhookTarget<Settings> = WebhookTarget & Settings;

export interface WebhookTargetControls<Settings> {
  readonly settings: Readonly<Record<keyof Settings & string, Schema>>;
  readonly required: readonly (keyof Settings & string)[];
  /** The settings nobody is shown. */
  readonly secrets: readonly (keyof Settings & string)[];
  current(): SetWebhookTarget<Settings> | null;
  set(target: SetWebhookTarget<Settings> | null): void;
}

/** `POST /__emulator/webhooks` sets the target, `GET` shows it, `DELETE` forgets it. */
export function webhookTargetControls<Settings extends object>(
  app: FastifyInstance,
  { settings, required, secrets, current, set }: WebhookTargetControls<Settings>,
): void {
  const body = fields({ url: text, duplicate: flag, shuffle: flag, lose: flag, ...settings }, ['url', ...required]);
  const shown = () => {
    const hidden: readonly string[] = secrets;
    return Object.fromEntries(Object.entries(current() ?? { url: null }).filter(([name]) => !hidden.includes(name)));
  };
  app.post('/webhooks', { schema: { body } }, (request) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The schema lets in nothing else.
    const target = request.body as SetWebhookTarget<Settings>;
    const url = loopbackUrl(target.url);
    if (url === null) {
      throw new ControlInputError('url must be an http address on this machine, such as http://127.0.0.1:4000/hooks.');
    }
    set({ ...target, url });
    return shown();
  });
  app.get('/webhooks', shown);
  app.delete('/webhooks', (_request, reply) => {
    set(null);
    return reply.code(204).send();
  });
}

/** Returns the address when it is on this machine, else null: an emulator never talks to anything beyond. */
export function loopbackUrl(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isLoopback = url !== null && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u.test(url.hostname);
  return isLoopback && url.protocol === 'http:' ? url.href : null;
}
