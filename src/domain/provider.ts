import type { Account, ProviderKey } from './account.js';
import type { Actor } from './actor.js';
import type { Caller } from './caller.js';
import type { CapabilityMatrix } from './capability.js';
import type { EligibilityQuestion, UpsellEligibility } from './eligibility.js';
import type { AccountStore } from './account-store.js';
import type { CallLimits } from './call-limits.js';
import type { IdentifierRules } from './identifier.js';
import type { LineItem } from './line-item.js';
import type { Listing, Lookup } from './lookup.js';
import type { Clock } from './moment.js';
import type { UpsellOffer } from './offer.js';
import type { Order } from './order.js';
import type { UpsellPreview } from './preview.js';
import type { Product } from './product.js';
import type { SameCustomer } from './same-customer.js';
import type { Statements } from './statement.js';
import type { Subscription } from './subscription.js';
import type { Transport } from './transport.js';
import type { WebhookReader } from './webhook.js';
import type {
  AddItem,
  ChangeQuantity,
  CompleteCheckout,
  ConvertItem,
  DeclineOffer,
  RemoveItem,
  WriteKind,
  Writer,
  WriteRequest,
} from './write.js';

/**
 * Describes an external platform and connects accounts to it. Listed once in `providers/index.ts`.
 *
 * A provider is connected once per configured account; the connection is opened once per request. Ports are small, and a
 * missing capability is an absent port, never a method that throws. Read ports take lists and return one entry per key, in
 * the same order: the failure of a key is the value of that key. The data source decides how to read a list (bulk parameter,
 * filter and pick, bounded single reads) and must use the fewest calls the provider allows.
 */
export interface Provider<Settings extends object = object> {
  /** Enum value in the schema: the key used in the configuration, in upper case. */
  readonly key: ProviderKey;
  /** Name as the provider spells it. */
  readonly title: string;
  /** Describes the provider, or which of its orders take items, in one line. */
  readonly summary: string;
  readonly idMeaning: IdMeaning;
  /** Absent: any text may be an identifier. */
  readonly identifiers?: IdentifierRules;
  readonly sameCustomer: SameCustomer;
  readonly capabilities: CapabilityMatrix;
  /** Which fields of an agreement it states; absent: none. */
  readonly statements?: Statements;
  /** Kinds of writes for which its data sources have a writer. */
  readonly writes: readonly WriteKind[];
  /** Production host, without a trailing slash; null when every account has its own. */
  readonly defaultBaseUrl: string | null;
  /** Time zone of the provider's local times, where one is documented for all accounts. */
  readonly defaultTimeZone: string | null;
  /** Call limits of one account: as published, or as proved sufficient. */
  readonly limits: CallLimits;
  /** class-validator class of the provider's own account settings. */
  readonly settings: new () => Settings;
  connect(account: Account<Settings>, services: AccountServices): AccountConnection;
  /** Reads its webhooks; absent when it sends none. */
  readonly webhooks?: WebhookReader;
  /** At most eight reads that show what the credentials of an account open. */
  readonly probes?: readonly Probe[];
}

/** A read for records that do not exist, so that it shows what is permitted and nothing of a shopper. */
export interface Probe {
  /** A verb and its object, such as `read orders`. */
  readonly permission: string;
  run(source: DataSource): Promise<unknown>;
}

/** Describes the provider's identifiers. The schema quotes these phrases wherever an identifier appears. */
export interface IdMeaning {
  readonly order: string;
  readonly product: string;
  readonly customer: string;
  /** Absent when the provider uses no handles. */
  readonly productHandle?: string;
  /** Absent when products have no variants, or are variants. */
  readonly productVariant?: string;
}

/** Services an account keeps for the lifetime of the process. */
export interface AccountServices {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Stores what the provider reports only once: survives restarts and is shared by all replicas. */
  readonly store: AccountStore;
}

/** A connected account. Holds whatever is cached across requests, never a shopper's data. */
export interface AccountConnection {
  /** Time during which a write with a lost response may still take effect; a read after that is final. */
  readonly settlingMs: number;
  /** Serializes writes to orders with the same key; absent: writes are serialized per order. */
  lockKey?(orderKey: string): string;
  /** Returns the order of a line by the line's key; null for a key that is none. Absent: a read has to tell. */
  orderKeyOf?(lineItemKey: string): string | null;
  open(scope: RequestScope): DataSource;
}

/** Caller and lifetime of an open data source. */
export interface RequestScope extends Caller {
  readonly signal: AbortSignal;
  /** Limits what is read to these orders, see `onlyOrdersAt`: every other one costs the calls of a missing one. */
  readonly onlyOrders?: readonly string[] | null;
  /** The shopper's session at the provider, for this request only: never stored, never logged. */
  readonly sessionToken?: string;
  /** Takes the token that the provider puts in place of that one. Its holder must use the new one from then on. */
  readonly onSessionToken?: (token: string) => void;
}

/**
 * Reads and writes one provider account for one request. Never shared between requests nor reused after a write. Reads no
 * record twice, because the layers above keep none of what it returns.
 */
export interface DataSource {
  readonly orders: OrderReader;
  readonly upcomingOrders?: UpcomingOrderReader;
  readonly lineItems?: LineItemReader;
  readonly subscriptions?: SubscriptionReader;
  readonly products?: ProductReader;
  readonly offers?: OfferReader;
  readonly eligibility?: EligibilityChecker;
  readonly preview?: UpsellPreviewer;
  readonly upsells?: UpsellWriters;
  readonly conversions?: Writer<ConvertItem>;
  readonly checkout?: Writer<CompleteCheckout>;
}

type ReadPorts = Omit<DataSource, 'upsells' | 'conversions' | 'checkout'>;

/** Read ports behind the guard. Every port is named, so that a new one does not compile without a guard. */
export type GuardedSource = { readonly [Port in keyof Required<ReadPorts>]: ReadPorts[Port] };

/** An account and the comparison of its customer identifiers. */
export interface AccountOwnership {
  readonly account: Pick<Account, 'key'>;
  readonly sameCustomer: SameCustomer;
  /** Absent: any text may be an identifier. */
  readonly identifiers?: IdentifierRules;
}

/** Restricts a data source to the records an actor may see. */
export type Guard = (source: DataSource, actor: Actor, account: AccountOwnership) => GuardedSource;

/** Prepares writes only for orders its actor may see, and explains no others. */
export interface GuardedWriter<Request extends WriteRequest> extends Writer<Request> {
  /** Reads the order that a request targets; missing when its actor may not see it. */
  findTarget(request: Request): Promise<Lookup<Order>>;
  /** Whether its actor may see an order that a look showed. */
  mayShow(order: Order): boolean;
}

/** Guards a writer of the data source behind `reads`. */
export type GuardWriter = <Request extends WriteRequest>(
  writer: Writer<Request>,
  reads: GuardedSource,
  actor: Actor,
  account: AccountOwnership,
) => GuardedWriter<Request>;

export interface OrderReader {
  getMany(keys: readonly string[]): Promise<readonly Lookup<Order>[]>;
  /** Returns the key of the order with this provider identifier; absent where the two are the same. */
  keyOf?(providerId: string): Promise<Lookup<string>>;
}

export interface UpcomingOrderReader {
  /** Lists the customer's orders that still take items, in no particular order. */
  list(customerId: string, prefetch: PrefetchHints): Promise<Listing<Order>>;
}

/** Names what the rest of the query will read, so that a data source can start reading it at the same time. */
export interface PrefetchHints {
  readonly lineItems: boolean;
  readonly subscriptions: boolean;
}

export interface LineItemReader {
  getMany(keys: readonly string[]): Promise<readonly Lookup<LineItem>[]>;
  forOrders(orders: readonly Order[]): Promise<readonly Lookup<readonly LineItem[]>[]>;
}

export interface SubscriptionReader {
  getMany(keys: readonly string[]): Promise<readonly Lookup<Subscription>[]>;
  listFor(customerId: string): Promise<Listing<Subscription>>;
  /** Returns the next order of each subscription; missing when none is scheduled. */
  nextOrders(subscriptions: readonly Subscription[]): Promise<readonly Lookup<Order>[]>;
}

export interface ProductReader {
  getMany(keys: readonly string[]): Promise<readonly Lookup<Product>[]>;
}

export interface OfferReader {
  /** Reads offers, open or not. */
  getMany(keys: readonly string[]): Promise<readonly Lookup<UpsellOffer>[]>;
  /** Lists the open offers of each order, in display order. */
  forOrders(orders: readonly Order[]): Promise<readonly Lookup<readonly UpsellOffer[]>[]>;
}

export interface EligibilityChecker {
  check(questions: readonly EligibilityQuestion[]): Promise<readonly Lookup<UpsellEligibility>[]>;
}

export interface UpsellPreviewer {
  preview(request: AddItem): Promise<Lookup<UpsellPreview>>;
}

export interface UpsellWriters {
  readonly add: Writer<AddItem>;
  readonly changeQuantity?: Writer<ChangeQuantity>;
  readonly remove?: Writer<RemoveItem>;
  readonly decline?: Writer<DeclineOffer>;
}
