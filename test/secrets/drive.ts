import { randomUUID } from 'node:crypto';
import { fromGlobalId, toGlobalId } from '../../src/domain/reference.js';
import { subjects } from '../subjects/index.js';
import type { ProviderSubject } from '../subjects/subject.js';

/** Sends an operation as the shopper and gives the text of the answer. */
export type Ask = (query: string, variables: object) => Promise<string>;

/** An item asked about on an order. */
export interface Question {
  readonly orderId: string;
  readonly item: object;
}

/** How one provider is read and written to by all that it has. */
export interface DriveSubject {
  /** Finished before anything else. */
  readonly checkout?: string;
  /** `finished`: the order of that checkout. */
  readonly reads: (finished: string) => { readonly orders: readonly string[]; readonly questions: readonly Question[] };
  /** One write of each kind the provider has. */
  readonly writes: (driver: Driver) => Promise<unknown>;
}

export interface Driver {
  /** The order of the finished checkout. */
  readonly finished: string;
  write(field: string, input: object): Promise<string>;
  /** Finishes a checkout; the ID of its order, or null where there is none. */
  complete(checkoutId: string): Promise<string | null>;
  /** The ID of an offer of an order, or null. */
  offerOf(orderId: string): Promise<string | null>;
}

const PARTS = `
  fragment Parts on Order {
    id providerId providerStatus status customer { id } window { state secondsLeft }
    totals { total { amount } } offers { id title product { id title } }
    lineItems { nodes { id providerId origin product { id title handle imageUrl } total { amount } subscription { id } } }
  }`;

const READ = `query ($ids: [ID!]!) {
  accounts { id key label }
  viewer { kind scopes customer { id subscriptions {
    nodes { id providerId providerStatus startDate customer { id } lines { product { title } } nextOrder { id } }
    sources { state problem { kind detail httpStatus } }
  } } }
  upcomingOrders { nodes { ...Parts } sources { state problem { kind detail httpStatus } } }
  nodes(ids: $ids) { ...Parts }
} ${PARTS}`;

const MAY_I = `query ($inputs: [UpsellEligibilityInput!]!, $preview: UpsellPreviewInput!) {
  upsellEligibility(inputs: $inputs) { verdict reasons { code message evidence remedy } }
  upsellPreview(input: $preview) {
    preview { id fidelity } errors { code message shopperMessage path }
    ... on ProviderError { problem { kind detail httpStatus } }
  }
}`;

const ERRORS = `errors {
  code message path
  ... on NotEligibleError { reasons { code message evidence } }
  ... on ProviderError { problem { kind detail httpStatus } }
  ... on PaymentError { reason }
}`;

const OPERATION =
  'id status steps { name outcome problem { kind detail httpStatus } } differences { field requested applied }';

const writeOf = (field: string) =>
  `mutation ($input: ${field.slice(0, 1).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { operation { ${OPERATION} } ${ERRORS} } }`;

const COMPLETE = `mutation ($input: CompleteCheckoutInput!) {
  completeCheckout(input: $input) { order { ...Parts } ${ERRORS} }
} ${PARTS}`;

export const BY_KEY = `query ($key: String!) { operationByKey(idempotencyKey: $key) { ${OPERATION} } }`;

/** Asks every registered provider for all it has. */
export class Drive {
  private readonly finished = new Map<string, string>();

  private constructor(
    private readonly ask: Ask,
    private readonly paymentFields: object,
  ) {}

  /** Finishes a checkout at each provider that has them; `checkouts`: others than their own, by account. */
  static async start(
    ask: Ask,
    paymentFields: object,
    checkouts: Readonly<Record<string, string>> = {},
  ): Promise<Drive> {
    const drive = new Drive(ask, paymentFields);
    for (const { account, drive: own } of subjects.values()) {
      const checkout = checkouts[account] ?? own.checkout;
      const order = checkout === undefined ? null : await drive.complete(account, checkout);
      drive.finished.set(account, order ?? toGlobalId({ type: 'Order', account, key: '0' }));
    }
    return drive;
  }

  async readAll(): Promise<void> {
    const reads = [...subjects.values()].map((subject) => subject.drive.reads(this.orderAt(subject)));
    await this.ask(READ, { ids: reads.flatMap(({ orders }) => orders) });
    const questions = reads.flatMap((each) => each.questions);
    await Promise.all(questions.map((each) => this.ask(MAY_I, { inputs: [each], preview: each })));
  }

  /** One write of each kind each provider has. The keys by which they are found again. */
  async writeAll(): Promise<readonly string[]> {
    const keys: string[] = [];
    const driver = (subject: ProviderSubject): Driver => ({
      finished: this.orderAt(subject),
      write: (field, input) => {
        const idempotencyKey = randomUUID();
        keys.push(idempotencyKey);
        return this.ask(writeOf(field), { input: { idempotencyKey, ...input } });
      },
      complete: (checkoutId) => this.complete(subject.account, checkoutId),
      offerOf: async (orderId) => firstId(await this.ask(READ, { ids: [orderId] }), 'UpsellOffer', subject.account),
    });
    await Promise.all([...subjects.values()].map((subject) => subject.drive.writes(driver(subject))));
    return keys;
  }

  private orderAt({ account }: ProviderSubject): string {
    return this.finished.get(account) ?? '';
  }

  private async complete(account: string, checkoutId: string): Promise<string | null> {
    const input = {
      accountKey: account,
      providerCheckoutId: checkoutId,
      idempotencyKey: `finish ${checkoutId}`,
      paymentFields: this.paymentFields,
    };
    return firstId(await this.ask(COMPLETE, { input }), 'Order', account);
  }
}

function firstId(text: string, type: string, account: string): string | null {
  const ids = Array.from(text.matchAll(/"id":"([^"]+)"/g), ([, found = '']) => found);
  return (
    ids.find((each) => {
      const ref = fromGlobalId(each);
      return ref?.type === type && ref.account === account;
    }) ?? null
  );
}
