import type { ErrorFormat } from '../kit/refusal.js';
import { authenticate } from './authentication.js';
import type { SureCartContext } from './context.js';
import { notFound, SureCartRefusal } from './refusals.js';

/** Formats errors as SureCart does. See https://developer.surecart.com/api-reference/errors */
export function errorFormat(context: SureCartContext): ErrorFormat {
  const { switches } = context;
  return {
    notFound({ headers }) {
      authenticate(headers, context.store.token);
      return notFound('resource');
    },
    send(reply, refusal) {
      if (!(refusal instanceof SureCartRefusal)) {
        return reply.code(refusal.status).type('text/html').send(refusal.body);
      }
      const { error } = refusal;
      const status = error.type === 'not_found' ? switches.get('notFoundStatus') : refusal.status;
      return reply.code(status).send({
        http_status: STATUS_WORDS[status] ?? 'internal_server_error',
        ...plainErrors(switches.get('plainValidationErrors')),
        ...error,
      });
    },
  };
}

/** Returns the `validation_errors` of an error that is no validation error. */
function plainErrors(shape: 'object' | 'missing' | 'list'): { validation_errors?: object } {
  if (shape === 'missing') return {};
  return { validation_errors: shape === 'list' ? [] : {} };
}

const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  402: 'payment_required',
  404: 'not_found',
  409: 'conflict',
  422: 'unprocessable_entity',
  429: 'too_many_requests',
};
