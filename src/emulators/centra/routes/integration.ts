import type { FastifyInstance } from 'fastify';
import type { CentraContext } from '../context.js';
import { demoIntegrationToken } from '../scenarios/demo-credentials.js';
import { answerJson, questionIn } from './graphql-questions.js';

const STATUSES = ['', 'PENDING', 'CONFIRMED', 'PROCESSING', 'SHIPPED', 'ARCHIVED', 'DELETED'];

/** Serves Integration API, the back office. See https://docs.centra.com/api-references/graphql-integration-api */
export function integration(app: FastifyInstance, context: CentraContext): void {
  app.post('/graphql', (request, reply) => {
    if (request.headers.authorization !== `Bearer ${demoIntegrationToken}`) {
      return answerJson(reply, 403, {
        errors: [{ message: 'Access denied', extensions: { category: 'authorization' } }],
      });
    }
    const now = context.clock.now().getTime();
    const { integrationRate } = context.store;
    if (!integrationRate.take('all', context.switches.get('integrationRequestsPerWindow'), now)) {
      // A moment, not a number of seconds.
      reply.header('retry-after', String(Math.ceil(integrationRate.freeAt('all', now) / 1000)));
      return answerJson(reply, 429, { errors: [{ message: 'Too many requests' }] });
    }
    const question = questionIn(request.body);
    const extensions = { complexity: 120, permissionsUsed: ['Order:read'], appVersion: 'v3.15.1' };
    if (!question) return answerJson(reply, 400, { errors: [{ message: 'Syntax error' }], extensions });
    if (question.field !== 'orders' && question.field !== 'order') {
      const message = `Cannot query field "${question.field}" on type "QueryType".`;
      return answerJson(reply, 400, { errors: [{ message }], extensions });
    }
    const wanted = new Set(wantedIn(question.variables));
    const found = context.store.orders
      .list()
      .filter(({ order, id }) => wanted.size === 0 || wanted.has(order) || wanted.has(id))
      .map(({ order, id, status, placedAt }) => ({
        id,
        number: Number(order),
        status: STATUSES[status],
        createdAt: placedAt,
      }));
    const data = question.field === 'orders' ? { orders: found } : { order: found[0] ?? null };
    return answerJson(reply, 200, { data, extensions });
  });
}

/** Reads the orders wanted in `where.number`, `where.id` or `id`; a list or one of them. */
function wantedIn(variables: Readonly<Record<string, unknown>>): readonly string[] {
  const where = Object(variables['where'] ?? variables);
  const values: readonly unknown[] = [Reflect.get(where, 'number'), Reflect.get(where, 'id')];
  return values
    .flat()
    .filter((value) => value !== undefined && value !== null)
    .map(String);
}
