import type { FastifyInstance } from 'fastify';
import { ControlInputError, count, fields, flag, type Schema, takes, text } from './control-input.js';
import { loopbackUrl } from './loopback.js';

/** Where webhooks go, and how reliably. */
export interface WebhookTarget {
  readonly url: string;
  /** Sends everything twice. */
  readonly duplicate: boolean;
  /** Delivers what happened together in reverse. */
  readonly shuffle: boolean;
  /** Delivers nothing. */
  readonly lose: boolean;
  /** Delivers everything once more after this many real milliseconds, as a repeat of a delivery whose answer got lost. */
  readonly repeatAfterMs?: number;
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

/** Registers `/__emulator/webhooks`: `POST` sets the target, `GET` shows and `DELETE` forgets it. */
export function webhookTargetControls<Settings extends object>(
  app: FastifyInstance,
  { settings, required, secrets, current, set }: WebhookTargetControls<Settings>,
): void {
  const body = fields({ url: text, duplicate: flag, shuffle: flag, lose: flag, repeatAfterMs: count, ...settings }, [
    'url',
    ...required,
  ]);
  const shown = () => {
    const hidden: readonly string[] = secrets;
    return Object.fromEntries(Object.entries(current() ?? { url: null }).filter(([name]) => !hidden.includes(name)));
  };
  app.post('/webhooks', takes(body), (request) => {
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
