import type { FastifyInstance } from 'fastify';
import { demoIntegrationToken } from '../credentials.js';
import type { CentraWorld } from '../world.js';
import { answerJson, questionIn } from './graphql-exchange.js';

const WINDOW_MS = 10_000;
const STATUSES = ['', 'PENDING', 'CONFIRMED', 'PROCESSING', 'SHIPPED', 'ARCHIVED', 'DELETED'];

/** Integration API, the back office: https://docs.centra.com/api-references/graphql-integration-api */
export function integration(app: FastifyInstance, world: CentraWorld): void {
  const asked: number[] = [];
  app.post('/graphql', (request, reply) => {
    if (request.headers.authorization !== `Bearer ${demoIntegrationToken}`) {
      return answerJson(reply, 403, {
        errors: [{ message: 'Access denied', extensions: { category: 'authorization' } }],
      });
    }
    const now = world.clock.now().getTime();
    const recent = asked.filter((at) => at <= now && now - at < WINDOW_MS);
    asked.splice(0, asked.length, ...recent);
    if (recent.length >= world.switches.get('integrationRequestsPerWindow')) {
      // A moment, not a number of seconds.
      const again = Math.ceil(((recent[0] ?? now) + WINDOW_MS) / 1000);
      reply.header('retry-after', String(again));
      return answerJson(reply, 429, { errors: [{ message: 'Too many requests' }] });
    }
    asked.push(now);
    const question = questionIn(request.body);
    const extensions = { complexity: 120, permissionsUsed: ['Order:read'], appVersion: 'v3.15.1' };
    if (!question) return answerJson(reply, 400, { errors: [{ message: 'Syntax error' }], extensions });
    if (question.field !== 'orders' && question.field !== 'order') {
      const message = `Cannot query field "${question.field}" on type "QueryType".`;
      return answerJson(reply, 400, { errors: [{ message }], extensions });
    }
    const wanted = new Set(wantedIn(question.variables));
    const found = [...world.store.orders.values()]
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

/** `where.number`, `where.id` or `id`; a list or one of them. */
function wantedIn(variables: Readonly<Record<string, unknown>>): readonly string[] {
  const where = Object(variables['where'] ?? variables);
  const values: readonly unknown[] = [Reflect.get(where, 'number'), Reflect.get(where, 'id')];
  return values
    .flat()
    .filter((value) => value !== undefined && value !== null)
    .map(String);
}
