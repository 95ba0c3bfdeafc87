import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { changeAnswer, unreadable } from './answer-changes.js';
import type { FaultAction, FaultScript } from './faults.js';
import { patchJson } from './json-patch.js';
import { isMisbehaviour, type Misbehaviour } from './misbehaviours.js';
import { isControlPath, pathOf, queryOf } from './request-address.js';
import type { RequestLog } from './request-log.js';

const struck = new WeakMap<FastifyRequest, FaultAction>();

/** Returns the misbehaviour a request meets, or null. */
export function misbehaviourFor(request: FastifyRequest): Misbehaviour | null {
  const action = struck.get(request);
  return action && isMisbehaviour(action) ? action : null;
}

/** Applies scripted faults: before the handler when the request is to take no effect, otherwise to the finished answer. */
export function installFaults(app: FastifyInstance, faults: FaultScript, log: RequestLog): void {
  app.addHook('preHandler', async (request, reply) => {
    const path = pathOf(request);
    if (isControlPath(path)) return;
    const { method, body, headers } = request;
    const fault = faults.take({ method, path, query: queryOf(request), body, headers });
    if (!fault) return;
    log.markFault(request, fault);
    await applyFault(fault.action, reply);
    if (!reply.sent) struck.set(request, fault.action);
  });

  app.addHook('onSend', async (request, reply, payload: unknown) => {
    const action = struck.get(request);
    return action && typeof payload === 'string'
      ? corruptBody(action, reply, payload)
      : corruptEmptyBody(action, reply, payload);
  });
}

const REFUSED = { detail: 'The request was refused.', message: 'The request was refused.' };

async function applyFault(action: FaultAction, reply: FastifyReply): Promise<void> {
  if (isMisbehaviour(action)) {
    const isRefused = action.kind === 'refuseFirst' || action.kind === 'refuseSecond';
    // The others are for the handler, or for its answer.
    if (isRefused)
      await reply
        .code(action.status)
        .type('application/json')
        .send(textOf(action.body ?? REFUSED));
    return;
  }
  switch (action.kind) {
    case 'status':
      reply.code(action.status).type(action.contentType ?? 'application/json');
      await reply.send(textOf(action.body));
      return;
    case 'html':
      await reply.code(action.status).type('text/html').send(gatewayPage(action.status));
      return;
    case 'reset':
      reply.hijack();
      reply.raw.destroy();
      return;
    case 'hang':
      reply.hijack();
      return;
    case 'delay':
      await sleep(action.milliseconds);
      return;
    case 'applyThenStatus':
    case 'applyThenReset':
    case 'applyThenHang':
    case 'cutBody':
    case 'patchBody':
      return;
  }
}

async function corruptBody(action: FaultAction, reply: FastifyReply, payload: string): Promise<string> {
  if (action.kind === 'patchBody') return patchJson(payload, action);
  if (action.kind === 'unreadableAnswer') return garble(action.as, reply, payload);
  if (isMisbehaviour(action)) return alter(action, reply, payload);
  if (action.kind === 'applyThenStatus') {
    reply.code(action.status).type(action.contentType ?? 'application/json');
    return textOf(action.body);
  }
  if (action.kind === 'cutBody') {
    const whole = Buffer.from(payload);
    reply.raw.writeHead(reply.statusCode, { 'content-type': 'application/json', 'content-length': whole.length });
    reply.raw.write(whole.subarray(0, Math.floor(whole.length / 2)), () => reply.raw.destroy());
    return neverAnswered();
  }
  return breakConnection(action, reply, payload);
}

async function corruptEmptyBody(
  action: FaultAction | undefined,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  if (action?.kind === 'unreadableAnswer') return garble(action.as, reply, '');
  if (action?.kind === 'answerErrors') return alter(action, reply, '');
  if (action?.kind === 'applyThenStatus') return corruptBody(action, reply, '');
  if (action?.kind === 'cutBody') reply.raw.destroy();
  return action ? breakConnection(action, reply, payload) : payload;
}

/**
 * Changes a successful answer as the misbehaviour says. Refusals stay what they are: a misbehaviour is about what was
 * taken for a success.
 */
function alter(action: Misbehaviour, reply: FastifyReply, payload: string): string {
  if (reply.statusCode >= 400) return payload;
  if (action.kind === 'answerErrors') reply.code(200).type('application/json');
  return changeAnswer(payload, action);
}

function garble(as: Parameters<typeof unreadable>[1], reply: FastifyReply, payload: string): string {
  if (reply.statusCode >= 400) return payload;
  const { type, body } = unreadable(payload, as);
  reply.code(200).type(type);
  return body;
}

async function breakConnection<Payload>(action: FaultAction, reply: FastifyReply, payload: Payload): Promise<Payload> {
  if (action.kind === 'applyThenReset') reply.raw.destroy();
  return action.kind === 'applyThenReset' || action.kind === 'applyThenHang' ? neverAnswered() : payload;
}

function neverAnswered(): Promise<never> {
  return new Promise<never>(() => {});
}

function textOf(body: unknown): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function gatewayPage(status: number): string {
  return `<html>\r\n<head><title>${status}</title></head>\r\n<body>\r\n<center><h1>${status}</h1></center>\r\n<hr><center>gateway</center>\r\n</body>\r\n</html>\r\n`;
}
