import type { ContractSubjectDefinition } from '../contract/subject.js';
import type { StatedField } from '../../src/domain/statement.js';
import type { RunningEmulator } from '../../src/emulators/index.js';
import type { CallsSubject } from '../calls/calls-subject.js';
import type { Json } from '../emulators/calls.js';
import type { DriveSubject } from '../secrets/drive.js';

export type FaultMatch = NonNullable<Parameters<RunningEmulator['faults']['add']>[0]['match']>;

/** All that the suites need to know of one provider and the sandbox of its emulator. */
export interface ProviderSubject {
  /** Key of its sandbox account. */
  readonly account: string;
  /** Switches of the emulator under which a suite may ask more in a second than shoppers do, and take its time. */
  readonly switches?: Readonly<Record<string, unknown>>;
  readonly contract: ContractSubjectDefinition;
  /** Every order and checkout of the sandbox that no list shows. */
  readonly unlisted: UnlistedRecords;
  /** Orders of the demo shopper that take no more items. */
  readonly past?: readonly string[];
  /** Fields the provider states and the sandbox does not show, and why. */
  readonly unseen?: Readonly<Partial<Record<StatedField, string>>>;
  readonly access: AccessSubject;
  readonly configuration: ConfigurationSubject;
  /** Requests that change something: many reads are POSTs. */
  readonly writeRequests: readonly FaultMatch[];
  readonly drive: DriveSubject;
  readonly calls: readonly CallsSubject[];
  /** An order of the demo shopper and an item that can be added to it. */
  addition(server: AskedServer): Promise<Addition>;
  readonly lists: ListsSubject;
  readonly products: ProductsSubject;
  readonly doctor: DoctorSubject;
  /** Where shoppers may bring a session of their own. */
  readonly session?: SessionSubject;
}

/** A server over fresh sandboxes that the demo shopper asks. */
export interface AskedServer {
  /** The data of an answer. Throws when there is none. */
  data(query: string, variables: object): Promise<Json>;
}

export interface Addition {
  readonly orderId: string;
  readonly item: object;
}

/** The lists of a customer. */
export interface ListsSubject {
  /** Whatever cannot be a customer here; a merchant's own identifiers may be any text but an endless one. */
  readonly impossibleCustomers: readonly string[];
  /** Makes the only page of a list say that there is another one; absent where pages do not say so and name the next. */
  readonly promiseAnotherPage?: (text: string) => string;
}

/** The identifiers of products that a client may give. */
export interface ProductsSubject {
  /** One that can be a product here, sold or not. */
  readonly possible: string;
  /** Whatever cannot be a product here. */
  readonly impossible: readonly string[];
  /** Whatever cannot be a variant beside the one that can be a product. */
  readonly impossibleVariants: readonly string[];
}

/** What the doctor looks into. */
export interface DoctorSubject {
  /** Settings of an account that it finds nothing amiss with, besides those of the sandbox. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** By a path of which only one check asks: the doctor's words for what is read there. */
  readonly permissions: Readonly<Record<string, string>>;
}

/** An account without a key of the shop's that opens what shoppers see. */
export interface SessionSubject {
  readonly settings: Readonly<Record<string, unknown>>;
  /** Opens a session and fills its checkout; absent where shoppers need no token. */
  open?(emulator: RunningEmulator): Promise<{ readonly token: string; readonly checkout: string }>;
}

/** What only those find who know it. */
export interface UnlistedRecords {
  /** Keys of orders. */
  readonly orders?: readonly string[];
  /** Checkouts that become orders when they are finished. */
  readonly checkouts?: readonly string[];
}

/** Two shoppers of the sandbox, of whom neither may see anything of the other. */
export interface AccessSubject {
  readonly demo: UnlistedRecords;
  other(state: Json): UnlistedRecords & { readonly customerId: string };
  /** Key of the order of the demo shopper to ask about; the first one when absent. */
  readonly order?: string;
  /** What may be added to it; absent where an offer says it. */
  readonly addition?: {
    readonly product: { readonly providerId: string; readonly handle?: string };
    readonly subscribe?: object;
  };
  /** Words that name the demo shopper and nobody else. */
  readonly personalWords?: readonly string[];
}

/** An account of the configuration. */
export interface ConfigurationSubject {
  /** Besides key and provider, all it needs that is no secret. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** By setting: what the emulator knows the secret as; null where it does not look. */
  readonly secrets: Readonly<Record<string, string | null>>;
  /** Secret settings that the sandbox does without. */
  readonly furtherSecrets?: readonly string[];
  /** Further secrets the emulator answers with, by a name for them. */
  readonly answeredSecrets?: Readonly<Record<string, string>>;
  /** Texts by which the emulator calls people, without or with the at sign after them, and whose they are. */
  readonly people?: Readonly<Record<string, string>>;
  /** Settings that keep it from waiting long, besides those every account has. */
  readonly impatient?: Readonly<Record<string, unknown>>;
}
