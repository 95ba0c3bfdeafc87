import type { FastifyInstance } from 'fastify';
import type { EmulatorClock } from './clock.js';
import { ControlInputError, fields, instant, object, takes, text } from './control-input.js';
import type { ClockStart } from './definition.js';
import type { EventLog } from './event-log.js';
import { faultSchema, parametersOf } from './fault-schema.js';
import type { FaultScript, FaultSpecification } from './faults.js';
import { descriptions, type Occurrences } from './misbehaviours.js';
import type { RequestLog } from './request-log.js';
import type { Switches } from './switches.js';
import type { WriteLog } from './write-log.js';

export interface Controls {
  readonly title: string;
  readonly description: string;
  readonly scenarios: Readonly<Record<string, string>>;
  readonly clock: EmulatorClock;
  readonly faults: FaultScript;
  readonly misbehaviours: Occurrences | null;
  readonly requests: RequestLog;
  readonly writes: WriteLog;
  readonly switches: Switches;
  readonly events: EventLog;
  scenario(): string;
  state(): unknown;
  reset(scenario?: string, switches?: Readonly<Record<string, unknown>>, clock?: ClockStart): void;
}

interface ClockBody {
  readonly at?: string;
  readonly frozen?: boolean;
  readonly advanceSeconds?: number;
}

interface ResetBody {
  readonly scenario?: string;
  readonly switches?: Readonly<Record<string, unknown>>;
  readonly clock?: { readonly at: string; readonly frozen?: boolean };
}

const frozen = { type: 'boolean', description: 'true or false' };
const advanceSeconds = { type: 'number', description: 'a number' };
const clockSchema = {
  ...fields({ at: instant, frozen, advanceSeconds }),
  minProperties: 1,
  description: 'one or more of at, frozen, advanceSeconds',
};
const resetSchema = {
  ...fields({ scenario: text, switches: object, clock: fields({ at: instant, frozen }, ['at']) }),
  type: ['object', 'null'],
};

/** Registers the endpoints people and tests steer an emulator with. No credential is needed and nothing is logged. */
export function installControls(app: FastifyInstance, controls: Controls): void {
  const { clock, faults, requests, writes, switches, events } = controls;

  const paths = new Set<string>();
  app.addHook('onRoute', ({ path }) => {
    paths.add(path.replace(/\/$/u, ''));
  });

  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof ControlInputError)) throw error;
    return reply.code(400).send({ message: error.message });
  });

  app.get('/', () => ({
    title: controls.title,
    description: controls.description,
    clock: clockState(clock),
    scenario: controls.scenario(),
    scenarios: controls.scenarios,
    switches: switches.describe(),
    misbehaviours: describe(controls.misbehaviours),
    links: [...paths].sort(),
  }));

  app.get('/requests', () => requests.list());
  app.delete('/requests', (_request, reply) => {
    requests.clear();
    return reply.code(204).send();
  });

  app.get('/writes', () => writes.list());

  app.get('/faults', () => faults.list());
  app.post<{ Body: FaultSpecification[] }>(
    '/faults',
    {
      ...takes({ type: 'array', items: faultSchema }),
      // One fault, or a list of them.
      preValidation: async (request) => {
        if (!Array.isArray(request.body)) request.body = [request.body];
      },
    },
    (request, reply) => reply.code(201).send(request.body.map((fault) => faults.add(fault))),
  );
  app.delete('/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });

  app.get('/clock', () => clockState(clock));
  app.post<{ Body: ClockBody }>('/clock', takes(clockSchema), ({ body }) => {
    moveClock(clock, body);
    return clockState(clock);
  });

  app.get('/switches', () => switches.describe());
  app.post<{ Body: Readonly<Record<string, unknown>> }>('/switches', takes(object), ({ body }) => {
    switches.setAll(body);
    return switches.describe();
  });

  app.get('/state', () => controls.state());
  app.get('/events', () => events.list());

  app.post<{ Body: ResetBody | undefined }>('/reset', takes(resetSchema), ({ body = {} }) => {
    const start = body.clock && { at: new Date(body.clock.at), frozen: body.clock.frozen ?? false };
    controls.reset(body.scenario, body.switches, start);
    return { scenario: controls.scenario(), clock: clockState(clock) };
  });
}

/** Describes each kind: its parameters and the requests it is about, or why it does not happen here. */
function describe(occurrences: Occurrences | null) {
  return Object.fromEntries(
    Object.entries(occurrences ?? {}).map(([kind, occurrence]) => [
      kind,
      { description: new Map(Object.entries(descriptions)).get(kind), parameters: parametersOf(kind), ...occurrence },
    ]),
  );
}

function moveClock(clock: EmulatorClock, { at, frozen: isFrozen, advanceSeconds: seconds = 0 }: ClockBody): void {
  const start = at === undefined ? clock.now() : new Date(at);
  const target = new Date(start.getTime() + seconds * 1000);
  if (Number.isNaN(target.getTime())) throw new ControlInputError('The clock cannot go that far.');
  clock.set(target, isFrozen === undefined ? {} : { frozen: isFrozen });
}

function clockState(clock: EmulatorClock) {
  return { now: clock.now().toISOString(), frozen: clock.isFrozen };
}
