import type { Account, ProviderKey } from './account.js';
import type { Actor } from './actor.js';
import type { Caller } from './caller.js';
import type { CapabilityMatrix } from './capability.js';
import type { EligibilityQuestion, UpsellEligibility } from './eligibility.js';
import type { AccountStore } from './account-store.js';
import type { CallLimits } from './call-limits.js';
import type { LineItem } from './line-item.js';
import type { Listing, Lookup } from './lookup.js';
import type { Clock } from './moment.js';
import type { UpsellOffer } from './offer.js';
import type { Order } from './order.js';
import type { UpsellPreview } from './preview.js';
import type { Product } from './product.js';
import type { Refusal } from './refusal.js';
import type { SameCustomer } from './same-customer.js';
import type { Subscription } from './subscription.js';
import type { Transport } from './transport.js';
import type {
  AddItem,
  ChangeQuantity,
  ConvertItem,
  DeclineOffer,
  RemoveItem,
  WriteKind,
  Writer,
  WriteRequest,
} from './write.js';

/**
 * What an external platform owes us. Static: it is listed once in `providers/index.ts`.
 *
 * A provider is connected once per configured account; the connection is opened once per request. Ports are small, and a
 * missing capability is an absent port, never a method that throws. Read ports take lists and answer in the same order,
 * one entry a key: one key's failure is that key's value. How a list is read (a bulk parameter, filter and pick, bounded
 * singles) is the data source's own business, and it must be the fewest calls the provider allows.
 */
export interface Provider<Settings extends object = object> {
  /** Its value of the schema's enum: the configuration's word for it in upper case. */
  readonly key: ProviderKey;
  /** As its makers spell it. */
  readonly title: string;
  /** What it is, or which orders of it take items, in one line. */
  readonly summary: string;
  readonly idMeaning: IdMeaning;
  readonly sameCustomer: SameCustomer;
  readonly capabilities: CapabilityMatrix;
  /** The kinds of writes its data sources have a writer for. */
  readonly writes: readonly WriteKind[];
  /** Production host, without a trailing slash; null when every account has its own. */
  readonly defaultBaseUrl: string | null;
  /** The zone of the provider's local times, where it documents one for all accounts. */
  readonly defaultTimeZone: string | null;
  /** What it lets one account ask at a time: as published, or as was seen to be enough. */
  readonly limits: CallLimits;
  /** A class-validator class: the settings an account of this provider takes besides the common ones. */
  readonly settings: new () => Settings;
  connect(account: Account<Settings>, services: AccountServices): AccountConnection;
}

/** What the provider's identifiers stand for. The schema quotes these phrases wherever it takes or shows one. */
export interface IdMeaning {
  readonly order: string;
  readonly product: string;
  readonly customer: string;
  /** Absent: the provider uses no handles. */
  readonly productHandle?: string;
  /** Absent: products have no variants, or are variants. */
  readonly productVariant?: string;
}

/** What the process gives each account for its lifetime. */
export interface AccountServices {
  readonly transport: Transport;
  readonly clock: Clock;
  /** What the provider tells only once, kept across restarts and shared by all replicas. */
  readonly store: AccountStore;
}

/** A connected account. What is remembered across requests (never a shopper's data) lives in it. */
export interface AccountConnection {
  /** How long after a lost answer a write may still show up; a read after that is final. */
  readonly settlingMs: number;
  /** Orders with the same key are written by one at a time; absent: each order by itself. */
  lockKey?(orderKey: string): string;
  open(scope: RequestScope): DataSource;
}

/** For whom and how long a data source is open. */
export interface RequestScope extends Caller {
  readonly signal: AbortSignal;
  /** The shopper's own session at the provider, for this request only: never stored, never logged. */
  readonly sessionToken?: string;
  /** Told when the provider replaced that token: whoever holds it must use the new one from then on. */
  readonly onSessionToken?: (token: string) => void;
}

/** A provider account opened for one request. Not shared between requests, nor used again after a write. */
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
  readonly checkout?: CheckoutCompleter;
}

type ReadPorts = Omit<DataSource, 'upsells' | 'conversions'>;

/** What may be read of an account. Every port is named: a new one cannot be handed on without a guard of its own. */
export type GuardedSource = { readonly [Port in keyof Required<ReadPorts>]: ReadPorts[Port] };

/** An account, and how identifiers of its customers compare. */
export interface AccountOwnership {
  readonly account: Pick<Account, 'key'>;
  readonly sameCustomer: SameCustomer;
}

/** Lets through what the actor may see, and nothing else. */
export type Guard = (source: DataSource, actor: Actor, account: AccountOwnership) => GuardedSource;

/** A writer that prepares nothing, and explains nothing, about an order its actor may not see. */
export interface GuardedWriter<Request extends WriteRequest> extends Writer<Request> {
  /** The order a request is about, as its actor may see it. */
  findTarget(request: Request): Promise<Lookup<Order>>;
}

/** Guards a writer of the data source that `reads` were opened of. */
export type GuardWriter = <Request extends WriteRequest>(
  writer: Writer<Request>,
  reads: GuardedSource,
  actor: Actor,
  account: AccountOwnership,
) => GuardedWriter<Request>;

export interface OrderReader {
  getMany(keys: readonly string[]): Promise<readonly Lookup<Order>[]>;
  /** The key of the order the provider calls by this identifier; absent where the two are the same. */
  keyOf?(providerId: string): Promise<Lookup<string>>;
}

export interface UpcomingOrderReader {
  /** Every order of the customer that items may still be added to, in no promised order. */
  list(customerId: string, ahead: ReadAhead): Promise<Listing<Order>>;
}

/** What the rest of the query will ask for: a data source may start reading it at the same time. */
export interface ReadAhead {
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
  /** Key of the order each subscription delivers next; missing when none is scheduled. */
  nextOrders(subscriptions: readonly Subscription[]): Promise<readonly Lookup<Order>[]>;
}

export interface ProductReader {
  getMany(keys: readonly string[]): Promise<readonly Lookup<Product>[]>;
}

export interface OfferReader {
  /** Whether they are open now or not. */
  getMany(keys: readonly string[]): Promise<readonly Lookup<UpsellOffer>[]>;
  /** Open now, in the order to show them. */
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

export interface CheckoutCompleter {
  /**
   * Passes on what the payment page returned and keeps the upsell terms of the answer. A failed one may carry the
   * expected no behind it, such as a payment the shopper has yet to confirm.
   */
  complete(checkoutId: string, paymentFields: unknown): Promise<Lookup<Order> & { readonly refusal?: Refusal }>;
}
