import type { Account } from '../../src/domain/account.js';
import { demoApiKey as appstleKey } from '../../src/emulators/appstle/scenarios/demo-credentials.js';
import { demoSecret as centraSecret } from '../../src/emulators/centra/scenarios/demo-credentials.js';
import {
  demoApiKey as ordergrooveKey,
  demoStorefrontKey,
} from '../../src/emulators/ordergroove/scenarios/demo-credentials.js';
import { demoToken as surecartToken } from '../../src/emulators/surecart/scenarios/demo-credentials.js';
import { type EmulatorName, openWholeShop, type WholeShop } from '../whole-shop.js';
import type { Markers } from './markers.js';
import { PersonalData } from './personal-data.js';
import { plantingTransport, type Swaps } from './planting-transport.js';
import type { WatchedOutput } from './watched-output.js';

/** What is planted: the same in every shop that is opened with it. */
export interface Planted {
  readonly markers: Markers;
  readonly swaps: Swaps;
  readonly personal: Readonly<Record<Account['provider'], PersonalData>>;
  /** Of tokens. */
  readonly secret: string;
  readonly encryptionKeys: Readonly<Record<'encryptionKey' | 'previousEncryptionKey', string>>;
  readonly databasePassword: string;
  /** An actor may be called by an e-mail address. */
  readonly claims: Readonly<Record<string, string>>;
  /** The shopper at Centra. */
  readonly email: string;
}

export function plantSecrets(markers: Markers): Planted {
  const long = (name: string) => `${markers.plant(name)}-of-thirty-two-bytes-or-more`;
  const address = (name: string) => `${markers.plant(name)}@example.com`;
  markers.watch('ordergroove: storefront key', demoStorefrontKey);
  const email = markers.plant('shopper: e-mail address');
  const personal = (provider: EmulatorName) => new PersonalData(markers, provider);
  return {
    markers,
    swaps: [
      [appstleKey, markers.plant('appstle: API key')],
      [centraSecret, markers.plant('centra: shared secret')],
      [ordergrooveKey, markers.plant('ordergroove: API key')],
      [surecartToken, markers.plant('surecart: secret token')],
      ['dana.field', email],
      ['robin.vale', markers.plant('another shopper: e-mail address')],
      ['robin@', `${markers.plant('a third shopper: e-mail address')}@`],
    ],
    personal: {
      APPSTLE: personal('appstle'),
      CENTRA: personal('centra'),
      ORDERGROOVE: personal('ordergroove'),
      SURECART: personal('surecart'),
    },
    secret: long('secret of tokens'),
    encryptionKeys: {
      encryptionKey: long('encryption key'),
      previousEncryptionKey: long('encryption key before'),
    },
    databasePassword: markers.plant('password of the database'),
    claims: { sub: address('actor'), email: address('claim: email'), name: markers.plant('claim: name') },
    email: `${email}@example.com`,
  };
}

export interface SecretShopOptions {
  readonly planted: Planted;
  readonly output: WatchedOutput;
  readonly storage: object;
  readonly otlpUrl: string;
  /** Over the settings of the accounts. */
  readonly settings?: Readonly<Partial<Record<EmulatorName, object>>>;
}

/** The whole server, observed in every way there is, with every credential and every person marked. */
export function openSecretShop(options: SecretShopOptions): Promise<WholeShop> {
  const { planted, output, storage, otlpUrl, settings = {} } = options;
  const markedAs = (real: string) => planted.swaps.find(([each]) => each === real)?.[1] ?? '';
  const soon = { timeoutMs: 2_000, settlingSeconds: 1 };
  return openWholeShop({
    settings: {
      appstle: {
        ...soon,
        writeTimeoutMs: 2_000,
        apiKey: markedAs(appstleKey),
        appKey: planted.markers.plant('appstle: app key'),
        ...settings.appstle,
      },
      centra: { ...soon, secret: markedAs(centraSecret), ...settings.centra },
      ordergroove: { ...soon, apiKey: markedAs(ordergrooveKey), ...settings.ordergroove },
      surecart: { ...soon, token: markedAs(surecartToken), ...settings.surecart },
    },
    groups: {
      storage: { ...storage, ...planted.encryptionKeys },
      observability: { otlpUrl, metrics: true, requestLog: true },
    },
    secret: planted.secret,
    writeTiming: { deadlineMs: 6_000, recoveryIntervalMs: 200 },
    log: (line) => output.note('the log', line),
    between: (send, { provider }) => plantingTransport(send, personOf(planted, provider), planted.swaps),
  });
}

function personOf({ personal }: Planted, provider: Account['provider']): PersonalData {
  const person = personal[provider];
  if (!person) throw new TypeError(`nobody is planted at ${provider}`);
  return person;
}
