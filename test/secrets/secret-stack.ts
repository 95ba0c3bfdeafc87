import type { Account } from '../../src/domain/account.js';
import { providers } from '../../src/providers/index.js';
import { subjects, unlimitedSwitches } from '../subjects/index.js';
import { type FullStack, startFullStack } from '../support/full-stack.js';
import type { Markers } from './markers.js';
import { PersonalData } from './personal-data.js';
import { plantingTransport, type Swaps } from './planting-transport.js';
import type { WatchedOutput } from './watched-output.js';

/** What is planted: the same in every stack that is started with it. */
export interface Planted {
  readonly markers: Markers;
  readonly swaps: Swaps;
  /** By provider: the settings of its account that are secret. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly personal: ReadonlyMap<Account['provider'], PersonalData>;
  /** Of tokens. */
  readonly secret: string;
  readonly encryptionKeys: Readonly<Record<'encryptionKey' | 'previousEncryptionKey', string>>;
  readonly databasePassword: string;
  /** An actor may be called by an e-mail address. */
  readonly claims: Readonly<Record<string, string>>;
}

export function plantSecrets(markers: Markers): Planted {
  const long = (name: string) => `${markers.plant(name)}-of-thirty-two-bytes-or-more`;
  const address = (name: string) => `${markers.plant(name)}@example.com`;
  const swaps: (readonly [real: string, marked: string])[] = [];
  const secrets: Record<string, Record<string, string>> = {};
  for (const [name, { configuration }] of subjects) {
    const { answeredSecrets = {}, people = {} } = configuration;
    const planted: Record<string, string> = {};
    for (const [setting, real] of Object.entries(configuration.secrets)) {
      const marked = markers.plant(`${name}: ${setting}`);
      planted[setting] = marked;
      if (real !== null) swaps.push([real, marked]);
    }
    secrets[name] = planted;
    for (const [what, text] of Object.entries(answeredSecrets)) markers.watch(`${name}: ${what}`, text);
    for (const [text, whose] of Object.entries(people)) {
      swaps.push([text, text.replace(/[^@]+/, markers.plant(`${name}: e-mail address of ${whose}`))]);
    }
  }
  return {
    markers,
    swaps,
    secrets,
    personal: new Map(Object.entries(providers).map(([name, { key }]) => [key, new PersonalData(markers, name)])),
    secret: long('secret of tokens'),
    encryptionKeys: {
      encryptionKey: long('encryption key'),
      previousEncryptionKey: long('encryption key before'),
    },
    databasePassword: markers.plant('password of the database'),
    claims: { sub: address('actor'), email: address('claim: email'), name: markers.plant('claim: name') },
  };
}

export interface SecretStackOptions {
  readonly planted: Planted;
  readonly output: WatchedOutput;
  readonly storage: object;
  readonly otlpUrl: string;
  /** Over the settings of the accounts, by provider. */
  readonly settings?: Readonly<Record<string, object>>;
}

/** The whole server, observed in every way there is, with every credential and every person marked. */
export function startSecretStack(options: SecretStackOptions): Promise<FullStack> {
  const { planted, output, storage, otlpUrl, settings = {} } = options;
  const accounts = Array.from(subjects, ([name, { configuration }]) => [
    name,
    { timeoutMs: 2_000, ...configuration.impatient, ...planted.secrets[name], ...settings[name] },
  ]);
  return startFullStack({
    settings: Object.fromEntries(accounts),
    switches: unlimitedSwitches,
    parallel: 64,
    groups: {
      storage: { ...storage, ...planted.encryptionKeys },
      observability: { otlpUrl, metrics: true, requestLog: true },
    },
    secret: planted.secret,
    parts: { writeTiming: { deadlineMs: 15_000, recoveryIntervalMs: 200 } },
    log: { level: 'trace', write: (line) => output.note('the log', line) },
    between(send, { provider }) {
      const person = planted.personal.get(provider);
      if (!person) throw new TypeError(`nobody is planted at ${provider}`);
      return plantingTransport(send, person, planted.swaps);
    },
  });
}
