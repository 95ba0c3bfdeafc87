import cors from '@fastify/cors';
import { fastify, type FastifyInstance } from 'fastify';
import { EmulatorClock } from './clock.js';
import type { EmulatorContext } from './context.js';
import { ControlInputError, validation } from './control-input.js';
import { installControls } from './control.js';
import type { ClockStart, EmulatorDefinition, Scenario } from './definition.js';
import { Deferred } from './deferred.js';
import { EventLog } from './event-log.js';
import { installFaults } from './fault-hooks.js';
import { FaultScript } from './faults.js';
import { LOOPBACK_ORIGIN } from './loopback.js';
import { MalformedBody } from './refusal.js';
import { CONTROL_ROOT } from './request-address.js';
import { RequestLog } from './request-log.js';
import { StaleReads } from './stale-reads.js';
import { type SwitchDefinitions, Switches } from './switches.js';
import { WriteLog } from './write-log.js';

export interface EmulatorOptions {
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port?: number;
  readonly scenario?: string;
  /** A clock shared with others. It is left alone: neither the scenario nor a reset sets it. */
  readonly clock?: EmulatorClock;
  /** Switch values in force before the scenario is created. */
  readonly switches?: Readonly<Record<string, unknown>>;
}

/** A started emulator with the same controls in process that `/__emulator` offers over HTTP. */
export interface RunningEmulator {
  readonly url: string;
  readonly clock: EmulatorClock;
  readonly faults: FaultScript;
  readonly requests: RequestLog;
  readonly writes: WriteLog;
  readonly switches: Switches;
  readonly events: EventLog;
  /** Returns a copy of the whole store. */
  state(): unknown;
  /**
   * Starts over: data, clock, faults, logs and switches. Keeps the scenario when none is named;
   * `clock` replaces the scenario's own start, so that data can be dated around any moment.
   */
  reset(scenario?: string, switches?: Readonly<Record<string, unknown>>, clock?: ClockStart): void;
  /** Calls back each time the emulator has started over. */
  onStartOver(listener: () => void): void;
  /** Cuts open connections, so it never waits for hanging answers. */
  close(): Promise<void>;
}

export async function startEmulator<Store, Definitions extends SwitchDefinitions>(
  definition: EmulatorDefinition<Store, Definitions>,
  options: EmulatorOptions = {},
): Promise<RunningEmulator> {
  const clock = options.clock ?? new EmulatorClock();
  const switches = new Switches(definition.switches);
  const events = new EventLog(clock);
  const faults = new FaultScript(definition.misbehaviours);
  const requests = new RequestLog(clock, definition.credentials);
  const deferred = new Deferred(clock);
  const staleReads = new StaleReads(clock);
  const writes = new WriteLog(clock, events);

  let scenarioName = options.scenario ?? definition.defaultScenario;
  const begin = (name: string, values: Readonly<Record<string, unknown>>, start?: ClockStart): Store => {
    const scenario = scenarioOf(definition, name);
    switches.reset();
    switches.setAll(values);
    if (!options.clock) startClock(clock, start ?? scenario.clock);
    return scenario.create({ now: clock.now(), switches });
  };
  let store = begin(scenarioName, options.switches ?? {});
  const context: EmulatorContext<Store, Definitions> = {
    clock,
    switches,
    events,
    deferred,
    staleReads,
    writes,
    get store() {
      return store;
    },
  };
  const startListeners: (() => void)[] = [];
  let isStartingOver = false;
  const tick = () => {
    if (isStartingOver) return;
    deferred.runDue();
    definition.tick?.(context);
  };
  clock.onMove(tick);

  const reset = (name = scenarioName, values: Readonly<Record<string, unknown>> = {}, start?: ClockStart) => {
    isStartingOver = true;
    deferred.clear();
    staleReads.clear();
    try {
      store = begin(name, values, start);
    } finally {
      isStartingOver = false;
    }
    scenarioName = name;
    faults.clear();
    requests.clear();
    writes.clear();
    events.clear();
    for (const listener of startListeners) listener();
  };
  const state = () => {
    tick();
    return structuredClone(definition.state(store));
  };

  const app = createServer((text) => (definition.parseBody ? definition.parseBody(text) : JSON.parse(text)));
  requests.install(app);
  app.addHook('onRequest', async () => tick());
  installFaults(app, faults, requests);
  await app.register(
    async (control) => {
      // Pages of this machine may steer the emulator: the sandbox page, and a storefront's own tests.
      await control.register(cors, { origin: LOOPBACK_ORIGIN, methods: ['GET', 'POST', 'PATCH', 'DELETE'] });
      installControls(control, {
        title: definition.title,
        description: definition.description,
        scenarios: Object.fromEntries(
          Object.entries(definition.scenarios).map(([name, { description }]) => [name, description]),
        ),
        clock,
        faults,
        misbehaviours: definition.misbehaviours ?? null,
        requests,
        writes,
        switches,
        events,
        scenario: () => scenarioName,
        state,
        reset,
      });
      definition.controls?.(control, context);
    },
    { prefix: CONTROL_ROOT },
  );
  await app.register(async (provider) => definition.routes(provider, context));
  await app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });

  return {
    url: urlOf(app),
    clock,
    faults,
    requests,
    writes,
    switches,
    events,
    state,
    reset,
    onStartOver: (listener) => void startListeners.push(listener),
    close: () => app.close(),
  };
}

function scenarioOf<Store, Definitions extends SwitchDefinitions>(
  { scenarios }: EmulatorDefinition<Store, Definitions>,
  name: string,
): Scenario<Store, Definitions> {
  const scenario = Object.hasOwn(scenarios, name) ? scenarios[name] : undefined;
  if (!scenario) {
    throw new ControlInputError(`There is no scenario ${name}; there are ${Object.keys(scenarios).join(', ')}.`);
  }
  return scenario;
}

function startClock(clock: EmulatorClock, start: ClockStart | undefined): void {
  if (start) clock.set(start.at, { frozen: start.frozen ?? false });
  else clock.release();
}

function createServer(parseBody: (text: string) => unknown): FastifyInstance {
  const app = fastify({
    bodyLimit: 1024 * 1024,
    forceCloseConnections: true,
    ajv: { customOptions: { ...validation } },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  });
  // Clients send `content-type: application/json` with no body on action calls, and other types by mistake.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    const text = body.toString();
    if (text.trim() === '') return done(null, undefined);
    try {
      return done(null, parseBody(text));
    } catch {
      return done(new MalformedBody());
    }
  });
  return app;
}

function urlOf(app: FastifyInstance): string {
  const address = app.addresses()[0];
  if (address === undefined || typeof address === 'string') throw new Error('The emulator has no address.');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
