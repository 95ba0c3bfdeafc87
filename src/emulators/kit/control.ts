import type { FastifyInstance } from 'fastify';
import type { EmulatorClock } from './clock.js';
import {
  ControlInputError,
  instantInput,
  knownKeysOnly,
  objectInput,
  optionalBoolean,
  optionalNumber,
  optionalObject,
  optionalText,
} from './control-input.js';
import type { ClockStart } from './definition.js';
import type { EventLog } from './event-log.js';
import { faultInput } from './fault-input.js';
import type { FaultScript } from './faults.js';
import type { RequestLog } from './request-log.js';
import type { Switches } from './switches.js';

export interface Controls {
  readonly title: string;
  readonly description: string;
  readonly scenarios: Readonly<Record<string, string>>;
  readonly clock: EmulatorClock;
  readonly faults: FaultScript;
  readonly requests: RequestLog;
  readonly switches: Switches;
  readonly events: EventLog;
  scenario(): string;
  state(): unknown;
  reset(scenario?: string, switches?: Readonly<Record<string, unknown>>, clock?: ClockStart): void;
}

/** The endpoints people and tests steer an emulator with; they need no credential and are not logged. */
export function installControls(app: FastifyInstance, controls: Controls): void {
  const { clock, faults, requests, switches, events } = controls;

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
    links: [...paths].sort(),
  }));

  app.get('/requests', () => requests.list());
  app.delete('/requests', (_request, reply) => {
    requests.clear();
    return reply.code(204).send();
  });

  app.get('/faults', () => faults.list());
  app.post('/faults', (request, reply) => {
    const inputs = Array.isArray(request.body) ? request.body.map(faultInput) : [faultInput(request.body)];
    return reply.code(201).send(inputs.map((input) => faults.add(input)));
  });
  app.delete('/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });

  app.get('/clock', () => clockState(clock));
  app.post('/clock', (request) => {
    moveClock(clock, request.body);
    return clockState(clock);
  });

  app.get('/switches', () => switches.describe());
  app.post('/switches', (request) => {
    switches.setAll(objectInput(request.body, 'The body'));
    return switches.describe();
  });

  app.get('/state', () => controls.state());
  app.get('/events', () => events.list());

  app.post('/reset', (request) => {
    const input = request.body === undefined ? {} : objectInput(request.body, 'The body');
    knownKeysOnly(input, ['scenario', 'switches', 'clock'], 'A reset');
    const scenario = optionalText(input['scenario'], 'scenario');
    const start = input['clock'] === undefined ? undefined : clockStart(input['clock']);
    controls.reset(scenario, optionalObject(input['switches'], 'switches'), start);
    return { scenario: controls.scenario(), clock: clockState(clock) };
  });
}

function moveClock(clock: EmulatorClock, body: unknown): void {
  const input = objectInput(body, 'The body');
  knownKeysOnly(input, ['at', 'frozen', 'advanceSeconds'], 'The clock');
  const frozen = optionalBoolean(input['frozen'], 'frozen');
  const seconds = optionalNumber(input['advanceSeconds'], 'advanceSeconds');
  if (seconds === undefined && input['at'] === undefined && frozen === undefined) {
    throw new ControlInputError('The clock needs one of at, frozen, advanceSeconds.');
  }
  const start = input['at'] === undefined ? clock.now() : instantInput(input['at'], 'at');
  const target = new Date(start.getTime() + (seconds ?? 0) * 1000);
  if (Number.isNaN(target.getTime())) throw new ControlInputError('The clock cannot go that far.');
  clock.set(target, frozen === undefined ? {} : { frozen });
}

function clockStart(value: unknown): ClockStart {
  const input = objectInput(value, 'clock');
  knownKeysOnly(input, ['at', 'frozen'], 'clock');
  return {
    at: instantInput(input['at'], 'clock.at'),
    frozen: optionalBoolean(input['frozen'], 'clock.frozen') ?? false,
  };
}

function clockState(clock: EmulatorClock) {
  return { now: clock.now().toISOString(), frozen: clock.isFrozen };
}
