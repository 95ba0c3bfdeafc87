import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { FaultAction, FaultScript } from './faults.js';
import { patchJson } from './json-patch.js';
import { isControlPath, pathOf, queryOf } from './request-address.js';
import type { RequestLog } from './request-log.js';

/** Applies scripted faults: before the handler when the request is to take no effect, otherwise to the finished answer. */
export function installFaults(app: FastifyInstance, faults: FaultScript, log: RequestLog): void {
  const corrupted = new WeakMap<object, FaultAction>();

  app.addHook('preHandler', async (request, reply) => {
    const path = pathOf(request);
    if (isControlPath(path)) return;
    const { method, body, headers } = request;
    const fault = faults.take({ method, path, query: queryOf(request), body, headers });
    if (!fault) return;
    log.markFault(request, fault);
    await applyFault(fault.action, reply);
    if (!reply.sent) corrupted.set(request, fault.action);
  });

  app.addHook('onSend', async (request, reply, payload: unknown) => {
    const action = corrupted.get(request);
    return action && typeof payload === 'string'
      ? corruptBody(action, reply, payload)
      : corruptEmptyBody(action, reply, payload);
  });
}

async function applyFault(action: FaultAction, reply: FastifyReply): Promise<void> {
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
  if (action?.kind === 'applyThenStatus') return corruptBody(action, reply, '');
  if (action?.kind === 'cutBody') reply.raw.destroy();
  return action ? breakConnection(action, reply, payload) : payload;
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
